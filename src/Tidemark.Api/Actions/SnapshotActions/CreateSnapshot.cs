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
            SnapshotDeadline.Parameter,
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
        Deadline = SnapshotDeadline.Read(parameters),
        Tags = SharedMembers.ReadTags(parameters),
        DiskUsage = parameters.Text("DiskUsage"),
    };
}
