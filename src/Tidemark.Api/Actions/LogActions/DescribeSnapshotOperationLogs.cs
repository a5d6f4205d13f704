using Tidemark.Api.Wire;
using Tidemark.Disks;
using Tidemark.Disks.Events;

namespace Tidemark.Api.Actions.LogActions;

/// <summary>What was done to snapshots, newest first, from the audit log. Older clients still ask for it.</summary>
internal static class DescribeSnapshotOperationLogs
{
    private const string FilterName = "snapshot-id";

    private static readonly Dictionary<string, string> Operations = new(StringComparer.Ordinal)
    {
        ["CreateSnapshot"] = "SNAP_OPERATION_CREATE",
        ["DeleteSnapshots"] = "SNAP_OPERATION_DELETE",
        ["ApplySnapshot"] = "SNAP_OPERATION_ROLLBACK",
        ["ModifySnapshotAttribute"] = "SNAP_OPERATION_MODIFY",
        ["ModifySnapshotsSharePermission"] = "SNAP_OPERATION_MODIFY",
        ["CopySnapshotCrossRegions"] = "SNAP_OPERATION_COPY",
    };

    // What the server did by itself it did for a policy.
    private static readonly Dictionary<string, string> ScheduledOperations = new(StringComparer.Ordinal)
    {
        ["CreateSnapshot"] = "ASP_OPERATION_CREATE_SNAP",
        ["DeleteSnapshots"] = "ASP_OPERATION_DELETE_SNAP",
    };

    /// <summary>The declaration.</summary>
    public static readonly ApiAction Action = new(
        "DescribeSnapshotOperationLogs",
        Run,
        typeof(DescribeSnapshotOperationLogsResponse),
        "What was done to snapshots, newest first, at most 1,000 operations; no longer in the cloud's list of actions.")
    {
        Parameters = OperationLogRequest.Parameters(FilterName),
    };

    /// <summary>Runs the action.</summary>
    public static ApiResponse Run(ActionCall call)
    {
        var (ids, events) = OperationLogRequest.Find(call, FilterName, [.. Operations.Keys]);
        var rows = OperationLogRequest.Rows(ids, events);
        return new DescribeSnapshotOperationLogsResponse
        {
            SnapshotOperationLogSet =
            [
                .. rows.Select(row => new WireSnapshotOperation(row.Event, OperationOf(row.Event), row.Id)),
            ],
        };
    }

    private static string OperationOf(AuditEvent happened)
    {
        var isScheduled = happened.Actor == Caller.Server.Name;
        return isScheduled && ScheduledOperations.TryGetValue(happened.Action, out var operation)
            ? operation
            : Operations[happened.Action];
    }
}
