namespace Tidemark.Engine;

/// <summary>Why the engine refused.</summary>
public enum EngineFault
{
    /// <summary>No such disk or layer.</summary>
    NotFound,

    /// <summary>The argument is out of range (sizes, ids).</summary>
    Invalid,

    /// <summary>
    /// The state does not allow it (the disk is in use, the layer is not sealed, the families differ).
    /// </summary>
    Conflict,

    /// <summary>The disk is faulted after a device error, until it is reopened.</summary>
    Faulted,

    /// <summary>Bytes on the store are not what they must be.</summary>
    Corrupt,

    /// <summary>
    /// Catalog and store do not belong together, or the catalog is older than its store: run <c>tidemark repair</c>.
    /// </summary>
    CatalogMismatch,
}
