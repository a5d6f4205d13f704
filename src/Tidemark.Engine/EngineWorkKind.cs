namespace Tidemark.Engine;

/// <summary>What a piece of background work was.</summary>
public enum EngineWorkKind
{
    /// <summary>Finished segments got their footers and were listed in the catalog.</summary>
    Publish,

    /// <summary>A layer that nothing needs went.</summary>
    Drop,

    /// <summary>A layer without a name was folded into its only child.</summary>
    Fold,

    /// <summary>Runs of a layer's index became one.</summary>
    Merge,

    /// <summary>A layer gave back what all its children hide.</summary>
    Thin,

    /// <summary>What lives in thin or small segments was rewritten into full ones.</summary>
    Compact,

    /// <summary>Segments and index files were removed, dead slots punched out.</summary>
    Reclaim,

    /// <summary>A layer was looked through for what an earlier process left.</summary>
    Sweep,
}
