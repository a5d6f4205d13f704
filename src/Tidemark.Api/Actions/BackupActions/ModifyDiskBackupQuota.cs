using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.BackupActions;

/// <summary>Sets how many backup points a disk may have.</summary>
internal static class ModifyDiskBackupQuota
{
    /// <summary>The declaration.</summary>
    public static readonly ApiAction Action = new(
        "ModifyDiskBackupQuota",
        Run,
        typeof(ApiResponse),
        "Sets how many backup points a disk may have; 0 deletes those that it has.")
    {
        IsMutating = true,
        Parameters =
        [
            ApiParameter.Text("DiskId", "The disk.").Required,
            ApiParameter.Number("DiskBackupQuota", "0 to 1,024; not below the number there is, except 0.").Required,
        ],
    };

    /// <summary>Runs the action.</summary>
    public static ApiResponse Run(ActionCall call)
    {
        var diskId = call.Parameters.RequiredText("DiskId");
        call.Domain.Backups.SetQuota(diskId, call.Parameters.RequiredNumber("DiskBackupQuota"), call.Caller);
        return new ApiResponse();
    }
}
