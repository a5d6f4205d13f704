using Tidemark.Api.Wire;
using Tidemark.Disks.Snapshots;

namespace Tidemark.Api.Actions.SnapshotActions;

/// <summary>Takes a snapshot of a disk in any state; it is complete and listed when the answer goes out.</summary>
internal static class CreateSnapshot
{
    /// <summary>The declaration.</summary>
    public static readonly ApiAction Action = new(
        "CreateSnapshot",
        Run,
        typeof(CreateSnapshotResponse),
        "Takes a snapshot of a disk in any state; it is complete and listed when the answer goes out.")
    {
        IsMutating = true,
        Parameters =
        [
            ApiParameter.Text("DiskId", "The disk; or give DiskBackupId."),
            ApiParameter.Text("DiskBackupId", "A backup point that becomes the snapshot."),
            ApiParameter.Text("SnapshotName", "At most 60 bytes."),
            ApiParameter.Text("Deadline", "When it is deleted by itself: ISO-8601, at least a day ahead."),
            SharedMembers.Tags,
            ApiParameter.Text("DiskUsage", "DATA_DISK makes a snapshot of a system disk usable for new disks."),
        ],
    };

    /// <summary>Runs the action.</summary>
    public static ApiResponse Run(ActionCall call)
    {
        var backupId = call.Parameters.Text("DiskBackupId");
        var request = Read(call.Parameters, isOfBackup: !string.IsNullOrEmpty(backupId));
        return new CreateSnapshotResponse
        {
            SnapshotId = string.IsNullOrEmpty(backupId)
                ? call.Domain.Snapshots.Create(request, call.Caller)
                : call.Domain.Backups.Convert(backupId, request, call.Caller),
        };
    }

    private static CreateSnapshotRequest Read(ParameterReader parameters, bool isOfBackup) => new()
    {
        DiskId = isOfBackup ? parameters.Text("DiskId") : parameters.RequiredText("DiskId"),
        SnapshotName = parameters.Text("SnapshotName"),
        Deadline = ReadDeadline(parameters),
        Tags = SharedMembers.ReadTags(parameters),
        DiskUsage = parameters.Text("DiskUsage"),
    };

    private static DateTimeOffset? ReadDeadline(ParameterReader parameters)
    {
        var text = parameters.Text("Deadline");
        if (string.IsNullOrEmpty(text))
            return null;

        return WireTime.Parse(text) ?? throw new ApiException(
            ErrorCodes.InvalidParameterValue,
            "Deadline must be an ISO-8601 time such as 2030-01-08T09:47:55+00:00.");
    }
}
