using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.BackupActions;

/// <summary>The answer to DescribeDiskBackups.</summary>
internal sealed class DescribeDiskBackupsResponse : ApiResponse
{
    /// <summary>How many backup points there are on all pages.</summary>
    public required int TotalCount { get; init; }

    /// <summary>Those of this page.</summary>
    public required IReadOnlyList<WireDiskBackup> DiskBackupSet { get; init; }
}
