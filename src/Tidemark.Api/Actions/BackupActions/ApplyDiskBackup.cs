using Tidemark.Api.Actions.SnapshotActions;
using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.BackupActions;

/// <summary>
/// Rolls a disk back to one of its backup points. Extension: DisconnectClients disconnects NBD clients first, where
/// otherwise the request is refused.
/// </summary>
internal static class ApplyDiskBackup
{
    /// <summary>The declaration.</summary>
    public static readonly ApiAction Action = new(
        "ApplyDiskBackup",
        Run,
        typeof(SafetySnapshotResponse),
        "Rolls a disk back to one of its backup points. Newer ones, and snapshots, stay.")
    {
        IsMutating = true,
        Parameters =
        [
            ApiParameter.Text("DiskBackupId", "The backup point.").Required,
            ApiParameter.Text("DiskId", "The disk that it was taken of.").Required,
            .. SharedMembers.Rollback,
        ],
    };

    /// <summary>Runs the action.</summary>
    public static ApiResponse Run(ActionCall call)
    {
        var backupId = call.Parameters.RequiredText("DiskBackupId");
        var diskId = call.Parameters.RequiredText("DiskId");
        var safetyId = call.Domain.Backups.Apply(
            backupId, diskId, SharedMembers.ReadRollback(call.Parameters), call.Caller);
        return new SafetySnapshotResponse { SafetySnapshotId = safetyId ?? "" };
    }
}
