using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.LogActions;

/// <summary>The answer to DescribeDiskOperationLogs.</summary>
internal sealed class DescribeDiskOperationLogsResponse : ApiResponse
{
    /// <summary>The operations, newest first.</summary>
    public required IReadOnlyList<WireDiskOperation> DiskOperationLogSet { get; init; }
}
