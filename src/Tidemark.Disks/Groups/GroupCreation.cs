using System.Globalization;
using System.Text;
using Tidemark.Catalog;
using Tidemark.Disks.Quotas;
using Tidemark.Disks.Snapshots;

namespace Tidemark.Disks.Groups;

/// <summary>
/// Cuts the disks of one request at one instant; group, members and event go into the cut's transaction.
/// </summary>
internal sealed class GroupCreation(DomainParts parts)
{
    private const int DisksMax = 64;
    private const int NameBytesMax = 60;

    /// <summary>Creates the group.</summary>
    /// <returns>Its id.</returns>
    public string Run(CreateGroupRequest request, Caller caller)
    {
        var diskIds = RequestRules.Ids(request.DiskIds, "DiskIds", Identifiers.DiskPrefix, DisksMax);
        var name = RequestRules.Name(request.GroupName, "SnapshotGroupName");
        if (Encoding.UTF8.GetByteCount(MemberName(name, diskIds.Count - 1)) > NameBytesMax)
        {
            throw RequestRules.BadValue(
                "SnapshotGroupName", "at most 60 bytes with the number of each member appended", name);
        }

        var tags = RequestRules.Tags(request.Tags);
        return parts.Locks.Run(diskIds, () => Cut(Plan(diskIds, name, caller), tags, caller));
    }

    private static string MemberName(string name, int index) =>
        string.Create(CultureInfo.InvariantCulture, $"{name}_{index}");

    private Draft Plan(IReadOnlyList<string> diskIds, string name, Caller caller)
    {
        var draft = parts.Catalog.Read(reader =>
        {
            var drawn = new HashSet<string>(StringComparer.Ordinal);
            return new Draft(
                name,
                parts.Identifiers.Draw(Identifiers.GroupPrefix, id => GroupTable.IsTaken(reader, id)),
                [.. diskIds.Select(id => RequireReady(DiskTable.Get(reader, id, caller.Scope)))],
                [.. diskIds.Select(_ => parts.Identifiers.Draw(
                    Identifiers.SnapshotPrefix, id => !drawn.Add(id) || SnapshotTable.IsTaken(reader, id)))]);
        });
        var first = draft.Disks[0];
        foreach (var other in draft.Disks)
        {
            if (other.AccountId != first.AccountId || other.Region != first.Region)
            {
                throw new DomainException(ErrorCode.InvalidParameter,
                    $"Disks {first.DiskId} and {other.DiskId} are of different accounts or regions; a group has " +
                    "disks of one.");
            }
        }

        parts.Catalog.Read(reader =>
        {
            parts.Quotas.CheckSnapshots(reader, first.Home, diskIds.Count);
            return true;
        });
        parts.Quotas.CheckSnapshotBytes(first.Home);
        return draft;
    }

    private static Disk RequireReady(Disk disk) => DiskStates.RequireUsable(disk).DiskState == DiskState.RollingBack
        ? throw new DomainException(ErrorCode.DiskRollingBack, $"Disk {disk.DiskId} is being rolled back; try again.")
        : disk;

    private string Cut(Draft draft, IReadOnlyList<Tag> tags, Caller caller)
    {
        var start = parts.Options.Time.GetTimestamp();
        parts.Engine.Cut([.. draft.Disks.Select(disk => disk.DiskId)], (transaction, layerIds) =>
        {
            var rows = SqlTransaction.Of(transaction);
            var now = parts.Now;
            parts.Quotas.CheckSnapshots(rows.Rows, draft.Disks[0].Home, draft.Disks.Count);
            GroupTable.Put(rows, draft.ToGroup(now));
            TagTable.Put(rows, draft.GroupId, tags);
            for (var index = 0; index < draft.Disks.Count; index++)
            {
                SnapshotTable.Put(rows, draft.ToMember(index, layerIds[index], now));
                TagTable.Put(rows, draft.SnapshotIds[index], tags);
            }

            parts.Events.Add(rows, caller, "CreateSnapshotGroup", draft.GroupId);
        });
        parts.Options.Measures.Cuts.Record(parts.Options.Time.GetElapsedTime(start));
        return draft.GroupId;
    }

    private sealed record Draft(
        string Name, string GroupId, IReadOnlyList<Disk> Disks, IReadOnlyList<string> SnapshotIds)
    {
        public SnapshotGroup ToGroup(DateTimeOffset now) => new()
        {
            GroupId = GroupId,
            GroupName = Name,
            GroupState = SnapshotState.Normal,
            AccountId = Disks[0].AccountId,
            Region = Disks[0].Region,
            CreateTime = now,
            ModifyTime = now,
        };

        public Snapshot ToMember(int index, long layerId, DateTimeOffset now) => new()
        {
            SnapshotId = SnapshotIds[index],
            SnapshotName = MemberName(Name, index),
            DiskId = Disks[index].DiskId,
            LayerId = layerId,
            DiskSizeGiB = Disks[index].DiskSizeGiB,
            DiskUsage = Disks[index].DiskUsage,
            SnapshotState = Snapshots.SnapshotState.Normal,
            AccountId = Disks[index].AccountId,
            Region = Disks[index].Region,
            Origin = SnapshotOrigin.Group,
            GroupId = GroupId,
            Zone = Disks[index].Zone,
            ProjectId = Disks[index].ProjectId,
            CreateTime = now,
            ModifyTime = now,
        };
    }
}
