using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.BackupActions;

/// <summary>Lists backup points, a page at a time. An unknown id is no error: it is simply not in the list.</summary>
internal static class DescribeDiskBackups
{
    /// <summary>The declaration.</summary>
    public static readonly ApiAction Action = new(
        "DescribeDiskBackups",
        Run,
        typeof(DescribeDiskBackupsResponse),
        "Lists backup points, a page at a time, oldest first unless Order says otherwise.")
    {
        Parameters =
        [
            .. SharedMembers.Query("DiskBackupIds"),
        ],
    };

    /// <summary>Runs the action.</summary>
    public static ApiResponse Run(ActionCall call)
    {
        var query = SharedMembers.ReadQuery(call.Parameters, "DiskBackupIds");
        var page = call.Domain.Backups.List(query, call.Caller.Scope);
        return new DescribeDiskBackupsResponse
        {
            TotalCount = page.TotalCount,
            DiskBackupSet = [.. page.Items.Select(backup => new WireDiskBackup(backup))],
        };
    }
}
