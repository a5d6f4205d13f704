using Tidemark.Catalog;

namespace Tidemark.Disks.Snapshots;

/// <summary>A snapshot that is to be taken; the disk gives the rest.</summary>
/// <param name="Name">At most 60 bytes.</param>
/// <param name="Usage">One of <see cref="DiskUsage"/>.</param>
internal sealed record SnapshotDraft(string Name, string Usage)
{
    /// <summary>When it is deleted by itself; permanent when null.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>Labels, by key.</summary>
    public IReadOnlyList<Tag> Tags { get; init; } = [];

    /// <summary>One of <see cref="SnapshotOrigin"/>.</summary>
    public string Origin { get; init; } = SnapshotOrigin.Manual;

    /// <summary>The policy that takes it; empty when none does.</summary>
    public string PolicyId { get; init; } = string.Empty;

    /// <summary>What else is checked and written in the same transaction; may refuse by throwing.</summary>
    public Action<SqlTransaction, string>? Within { get; init; }

    /// <summary>Whether it is taken even when there are too many: what would be lost otherwise is kept.</summary>
    public bool IsExempt { get; init; }
}
