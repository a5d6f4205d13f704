using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.LogActions;

/// <summary>What was done to disks, newest first, from the audit log. Older clients still ask for it.</summary>
internal static class DescribeDiskOperationLogs
{
    private const string FilterName = "disk-id";

    private static readonly Dictionary<string, string> Operations = new(StringComparer.Ordinal)
    {
        ["AttachDisks"] = "CBS_OPERATION_ATTACH",
        ["DetachDisks"] = "CBS_OPERATION_DETACH",
        ["RenewDisk"] = "CBS_OPERATION_RENEW",
        ["ResizeDisk"] = "CBS_OPERATION_EXPAND",
        ["CreateDisks"] = "CBS_OPERATION_CREATE",
        ["TerminateDisks"] = "CBS_OPERATION_ISOLATE",
        ["ModifyDiskAttributes"] = "CBS_OPERATION_MODIFY",
        ["ModifyDisksChargeType"] = "CBS_OPERATION_MODIFY",
        ["ModifyDisksRenewFlag"] = "CBS_OPERATION_MODIFY",
        ["ModifyDiskExtraPerformance"] = "CBS_OPERATION_MODIFY",
        ["ModifyDiskBackupQuota"] = "CBS_OPERATION_MODIFY",
        ["BindAutoSnapshotPolicy"] = "ASP_OPERATION_BIND",
        ["UnbindAutoSnapshotPolicy"] = "ASP_OPERATION_UNBIND",
    };

    /// <summary>The declaration.</summary>
    public static readonly ApiAction Action = new(
        "DescribeDiskOperationLogs",
        Run,
        typeof(DescribeDiskOperationLogsResponse),
        "What was done to disks, newest first, at most 1,000 operations; no longer in the cloud's own list of actions.")
    {
        Parameters = OperationLogRequest.Parameters(FilterName),
    };

    /// <summary>Runs the action.</summary>
    public static ApiResponse Run(ActionCall call)
    {
        var (ids, events) = OperationLogRequest.Find(call, FilterName, [.. Operations.Keys]);
        var rows = OperationLogRequest.Rows(ids, events);
        return new DescribeDiskOperationLogsResponse
        {
            DiskOperationLogSet =
            [
                .. rows.Select(row => new WireDiskOperation(row.Event, Operations[row.Event.Action], row.Id)),
            ],
        };
    }
}
