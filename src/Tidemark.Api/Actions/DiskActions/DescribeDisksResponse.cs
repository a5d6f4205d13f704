using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.DiskActions;

/// <summary>The answer to DescribeDisks.</summary>
internal sealed class DescribeDisksResponse : ApiResponse
{
    /// <summary>How many disks there are on all pages.</summary>
    public required int TotalCount { get; init; }

    /// <summary>Those of this page.</summary>
    public required IReadOnlyList<WireDisk> DiskSet { get; init; }
}
