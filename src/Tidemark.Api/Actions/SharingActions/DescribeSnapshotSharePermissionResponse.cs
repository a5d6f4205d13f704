using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.SharingActions;

/// <summary>The answer to DescribeSnapshotSharePermission.</summary>
internal sealed class DescribeSnapshotSharePermissionResponse : ApiResponse
{
    /// <summary>The accounts, the longest first.</summary>
    public required IReadOnlyList<WireSharePermission> SharePermissionSet { get; init; }
}
