using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.DiskActions;

/// <summary>The answer to DescribeDeletedDisks.</summary>
internal sealed class DescribeDeletedDisksResponse : ApiResponse
{
    /// <summary>How many there are on all pages.</summary>
    public required int TotalCount { get; init; }

    /// <summary>Those of this page.</summary>
    public required IReadOnlyList<WireDeletedDisk> DiskSet { get; init; }
}
