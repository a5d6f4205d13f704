using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.BackupActions;

/// <summary>The answer to CreateDiskBackup.</summary>
internal sealed class CreateDiskBackupResponse : ApiResponse
{
    /// <summary>The new backup point.</summary>
    public required string DiskBackupId { get; init; }
}
