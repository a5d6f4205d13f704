namespace Tidemark.Api.Actions;

/// <summary>The products of the cloud whose APIs are answered at the one address.</summary>
internal enum CloudProduct
{
    /// <summary>Disks and snapshots, and the extensions of this server.</summary>
    Cbs,

    /// <summary>Instances, as far as tools for disks ask for them.</summary>
    Cvm,

    /// <summary>Whose key it is.</summary>
    Sts,

    /// <summary>Labels of resources.</summary>
    Tag,
}
