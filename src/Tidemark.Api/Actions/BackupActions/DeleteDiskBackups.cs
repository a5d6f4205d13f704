using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.BackupActions;

/// <summary>Deletes backup points, all or none; their space comes back in the background.</summary>
internal static class DeleteDiskBackups
{
    private const int BackupIdsMax = 100;

    /// <summary>The declaration.</summary>
    public static readonly ApiAction Action = new(
        "DeleteDiskBackups",
        Run,
        typeof(ApiResponse),
        "Deletes backup points, all or none, in any order; their space comes back in the background.")
    {
        IsMutating = true,
        Parameters =
        [
            ApiParameter.Texts("DiskBackupIds", "1 to 100 backup points.").Required,
        ],
    };

    /// <summary>Runs the action.</summary>
    public static ApiResponse Run(ActionCall call)
    {
        call.Domain.Backups.Delete(call.Parameters.RequiredTexts("DiskBackupIds", BackupIdsMax), call.Caller);
        return new ApiResponse();
    }
}
