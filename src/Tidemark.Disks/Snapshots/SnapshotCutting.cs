using Tidemark.Catalog;

namespace Tidemark.Disks.Snapshots;

/// <summary>Takes a snapshot of one disk: the cut, its row and its event in one commit.</summary>
internal sealed class SnapshotCutting(DomainParts parts)
{
    /// <summary>Takes it, under the disk's lock.</summary>
    /// <returns>Its id.</returns>
    public string Take(Disk disk, SnapshotDraft draft, Caller caller)
    {
        var snapshotId = parts.Catalog.Read(reader =>
        {
            if (!draft.IsExempt)
                parts.Quotas.CheckSnapshots(reader, disk.Home, 1);
            parts.Quotas.CheckTags(reader, disk.Home, draft.Tags.Count);
            return parts.Identifiers.Draw(Identifiers.SnapshotPrefix, id => SnapshotTable.IsTaken(reader, id));
        });
        if (!draft.IsExempt)
            parts.Quotas.CheckSnapshotBytes(disk.Home);
        var start = parts.Options.Time.GetTimestamp();
        parts.Engine.Cut([disk.DiskId], (transaction, layerIds) =>
        {
            var rows = SqlTransaction.Of(transaction);
            if (!draft.IsExempt)
                parts.Quotas.CheckSnapshots(rows.Rows, disk.Home, 1);
            draft.Within?.Invoke(rows, snapshotId);
            SnapshotTable.Put(rows, New(snapshotId, disk, draft, layerIds[0]));
            TagTable.Put(rows, snapshotId, draft.Tags);
            parts.Events.Add(rows, caller, "CreateSnapshot", snapshotId);
        });
        parts.Options.Measures.Cuts.Record(parts.Options.Time.GetElapsedTime(start));
        return snapshotId;
    }

    private Snapshot New(string snapshotId, Disk disk, SnapshotDraft draft, long layerId) => new()
    {
        SnapshotId = snapshotId,
        SnapshotName = draft.Name,
        DiskId = disk.DiskId,
        LayerId = layerId,
        DiskSizeGiB = disk.DiskSizeGiB,
        DiskUsage = draft.Usage,
        SnapshotState = SnapshotState.Normal,
        AccountId = disk.AccountId,
        Region = disk.Region,
        Zone = disk.Zone,
        ProjectId = disk.ProjectId,
        Origin = draft.Origin,
        PolicyId = draft.PolicyId,
        CreateTime = parts.Now,
        ModifyTime = parts.Now,
        DeadlineTime = draft.Deadline,
        Tags = draft.Tags,
    };
}
