using System.Text;
using Tidemark.Catalog;

namespace Tidemark.Disks.Snapshots;

/// <summary>
/// Replaces what a disk holds, and first keeps that as a snapshot, so that it can be undone. These are two commits, the
/// snapshot first: whatever happens between them, the disk is as it was and there is one snapshot more, which goes by
/// itself. No write can come between them, because no client is connected.
/// </summary>
internal sealed class Rollback(DomainParts parts, SnapshotCutting cutting)
{
    private const int NameBytesMax = 60;
    private static readonly TimeSpan SafetyTime = TimeSpan.FromDays(7);

    /// <summary>Replaces it.</summary>
    /// <param name="plan">What, and by what.</param>
    /// <param name="caller">On whose behalf.</param>
    /// <param name="commitWith">Rows that are written in the same commit as the replacement.</param>
    /// <returns>The snapshot of what was replaced; null when none is kept.</returns>
    public string? Run(RollbackPlan plan, Caller caller, Action<SqlTransaction> commitWith)
    {
        var safetyId = Keep(plan, caller);
        if (plan.LayerId is { } layerId)
            parts.Engine.Rollback(plan.Disk.DiskId, layerId, rows => commitWith(SqlTransaction.Of(rows)));
        else
            parts.Engine.Reset(plan.Disk.DiskId, rows => commitWith(SqlTransaction.Of(rows)));
        return safetyId;
    }

    /// <summary>
    /// Keeps what the disk holds, for one that goes about the rollback itself. To be called once for each disk: a
    /// rollback that is tried again has it already.
    /// </summary>
    /// <returns>The snapshot; null when none is to be kept.</returns>
    public string? Keep(RollbackPlan plan, Caller caller)
    {
        if (!plan.KeepsSafety || !parts.Options.KeepsSafetySnapshots)
            return null;
        var draft = new SnapshotDraft(Shorten(plan.SafetyName), plan.Disk.DiskUsage)
        {
            Deadline = parts.Now + SafetyTime,
            Origin = SnapshotOrigin.Safety,
            IsExempt = true,
        };
        return cutting.Take(plan.Disk, draft, caller);
    }

    // A name ends at a whole character.
    private static string Shorten(string name)
    {
        var lengthBytes = 0;
        var text = new StringBuilder();
        foreach (var rune in name.EnumerateRunes())
        {
            lengthBytes += rune.Utf8SequenceLength;
            if (lengthBytes > NameBytesMax)
                break;
            text.Append(rune);
        }

        return text.ToString();
    }
}
