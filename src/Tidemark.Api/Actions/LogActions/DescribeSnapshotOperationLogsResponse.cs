using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.LogActions;

/// <summary>The answer to DescribeSnapshotOperationLogs.</summary>
internal sealed class DescribeSnapshotOperationLogsResponse : ApiResponse
{
    /// <summary>The operations, newest first.</summary>
    public required IReadOnlyList<WireSnapshotOperation> SnapshotOperationLogSet { get; init; }
}
