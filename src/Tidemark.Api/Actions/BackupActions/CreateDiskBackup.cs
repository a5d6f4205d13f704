using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.BackupActions;

/// <summary>Takes a backup point of a disk; it is complete and listed when the answer goes out.</summary>
internal static class CreateDiskBackup
{
    /// <summary>The declaration.</summary>
    public static readonly ApiAction Action = new(
        "CreateDiskBackup",
        Run,
        typeof(CreateDiskBackupResponse),
        "Takes a backup point of a disk, which lives and dies with it; the disk's quota of them must have room.")
    {
        IsMutating = true,
        Parameters =
        [
            ApiParameter.Text("DiskId", "The disk.").Required,
            ApiParameter.Text("DiskBackupName", "At most 100 characters."),
        ],
    };

    /// <summary>Runs the action.</summary>
    public static ApiResponse Run(ActionCall call) => new CreateDiskBackupResponse
    {
        DiskBackupId = call.Domain.Backups.Create(
            call.Parameters.RequiredText("DiskId"), call.Parameters.Text("DiskBackupName"), call.Caller),
    };
}
