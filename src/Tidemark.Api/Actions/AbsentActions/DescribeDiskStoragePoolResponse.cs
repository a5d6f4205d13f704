using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.AbsentActions;

/// <summary>The answer to DescribeDiskStoragePool: one empty list, under both of its names.</summary>
internal sealed class DescribeDiskStoragePoolResponse : ApiResponse
{
    /// <summary>How many there are.</summary>
    public int TotalCount { get; }

    /// <summary>None.</summary>
    public IReadOnlyList<string> CdcSet { get; } = [];

    /// <summary>None.</summary>
    public IReadOnlyList<string> DiskStoragePoolSet { get; } = [];
}
