namespace Tidemark.Disks;

/// <summary>What becomes of disks that are terminated.</summary>
/// <param name="DeletesSnapshots">Whether non-permanent snapshots go too.</param>
/// <param name="IsForGood">
/// Whether disks that would be kept for undelete go at once: those whose time in the recycle bin is over.
/// </param>
internal sealed record TerminationKind(bool DeletesSnapshots, bool IsForGood = false);
