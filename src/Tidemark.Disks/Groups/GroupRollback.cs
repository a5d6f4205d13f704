using Microsoft.Data.Sqlite;
using Tidemark.Catalog;
using Tidemark.Disks.Instances;
using Tidemark.Disks.Snapshots;
using Tidemark.Engine;
using Tidemark.Engine.Stores;

namespace Tidemark.Disks.Groups;

/// <summary>
/// Puts disks back on members of a group. One transaction accepts it for all of them: group, members and disks are
/// ROLLBACKING from then on, and no client gets to the disks. Then each disk follows in a transaction of its own. What
/// a crash or a failure leaves between the two is finished at the next start, or in the background.
/// </summary>
internal sealed class GroupRollback(DomainParts parts, Rollback rollback)
{
    private const string Action = "ApplySnapshotGroup";
    private const int MembersMax = 64;
    private const int GroupsMax = 100;

    /// <summary>Rolls back.</summary>
    /// <returns>The snapshots of what was replaced.</returns>
    public IReadOnlyList<string> Run(
        string groupId, IReadOnlyList<MemberRollback> wanted, RollbackOptions options, Caller caller)
    {
        RequestRules.Id(groupId, "SnapshotGroupId", Identifiers.GroupPrefix);
        var snapshotIds = RequestRules.Ids(
            [.. wanted.Select(one => one.SnapshotId)], "ApplyDisks.SnapshotId", Identifiers.SnapshotPrefix, MembersMax);
        var diskIds = RequestRules.Ids(
            [.. wanted.Select(one => one.DiskId)], "ApplyDisks.DiskId", Identifiers.DiskPrefix, MembersMax);
        if (snapshotIds.Count != wanted.Count || diskIds.Count != wanted.Count)
            throw new DomainException(ErrorCode.InvalidParameter, "ApplyDisks names a disk or a snapshot twice.");
        return parts.Locks.Run(diskIds, () =>
        {
            var (disks, permit) = parts.Catalog.Read(reader =>
            {
                var found = Check(reader, groupId, wanted, caller);
                return (found, RollbackRule.Check(reader, found, options.StopsInstance, options.StartsInstance));
            });
            var kept = new List<string>();
            parts.Clients.RunAlone(diskIds, options.DisconnectsClients || permit.DisconnectsClients, () =>
            {
                // Before it is accepted, because what is accepted may be tried several times.
                kept.AddRange(disks.Select(disk => Keep(disk, groupId, options, caller)).OfType<string>());
                parts.Commit(rows =>
                {
                    permit.Apply(rows);
                    Accept(rows, groupId, wanted, caller);
                });
                foreach (var one in wanted)
                    CarryOut(groupId, one);
            });
            return kept;
        });
    }

    /// <summary>
    /// Finishes what was accepted, for at most 100 groups; failures are logged and left for the next time.
    /// </summary>
    public void CarryOutPending()
    {
        foreach (var groupId in parts.Catalog.Read(reader => GroupTable.RollingBack(reader, GroupsMax)))
        {
            try
            {
                var diskIds = parts.Catalog.Read(reader => Pending(reader, groupId)).Select(one => one.DiskId).ToList();
                parts.Locks.Run(diskIds, () =>
                {
                    CarryOutAll(groupId, diskIds);
                    return true;
                });
            }
            catch (Exception problem) when (
                problem is DomainException or EngineException or StoreException or SqliteException)
            {
                parts.Options.Log?.Invoke(new EngineMessage(true,
                    $"The rollback to group {groupId} is not finished yet and is tried again: {problem.Message}"));
            }
        }
    }

    private static List<Disk> Check(
        CatalogReader reader, string groupId, IReadOnlyList<MemberRollback> wanted, Caller caller)
    {
        var group = GroupTable.Get(reader, groupId, caller.Scope);
        RequireNormal(group);
        var members = GroupTable.Members(reader, group).ToDictionary(member => member.SnapshotId);
        var disks = new List<Disk>();
        foreach (var one in wanted)
        {
            if (!members.TryGetValue(one.SnapshotId, out var member) || member.DiskId != one.DiskId)
            {
                throw new DomainException(ErrorCode.InvalidParameter,
                    $"Group {groupId} has no member {one.SnapshotId} of disk {one.DiskId}; a disk is rolled back " +
                    "only to its own member.");
            }

            if (member.SnapshotState != SnapshotState.Normal)
                throw Wrong($"Snapshot {member.SnapshotId} is {member.SnapshotState}; it must be NORMAL.");
            disks.Add(RequireIdle(DiskTable.Get(reader, one.DiskId, caller.Scope)));
        }

        return disks;
    }

    private static void RequireNormal(SnapshotGroup group)
    {
        if (group.GroupState != SnapshotState.Normal)
            throw Wrong($"Group {group.GroupId} is {group.GroupState}; it must be NORMAL.");
    }

    private static Disk RequireIdle(Disk disk) =>
        DiskStates.RequireUsable(disk).DiskState is DiskState.Unattached or DiskState.Attached
            ? disk
            : throw Wrong($"Disk {disk.DiskId} is {disk.DiskState}; it must be UNATTACHED or ATTACHED.");

    private static DomainException Wrong(string message) => new(ErrorCode.WrongState, message);

    private string? Keep(Disk disk, string groupId, RollbackOptions options, Caller caller) => rollback.Keep(
        new RollbackPlan(disk, null, $"before rollback to {groupId}", options.KeepsSafety), caller);

    private void Accept(
        SqlTransaction rows, string groupId, IReadOnlyList<MemberRollback> wanted, Caller caller)
    {
        var group = GroupTable.Get(rows.Rows, groupId, caller.Scope);
        // Another part of the group has other disks, so the locks do not keep it away.
        RequireNormal(group);
        GroupTable.Put(rows, group with { GroupState = SnapshotState.RollingBack, ModifyTime = parts.Now });
        foreach (var one in wanted)
        {
            SnapshotTable.Put(rows, SnapshotTable.Get(rows.Rows, one.SnapshotId) with
            {
                SnapshotState = SnapshotState.RollingBack,
            });
            DiskTable.Put(rows, DiskTable.Get(rows.Rows, one.DiskId) with { DiskState = DiskState.RollingBack });
        }

        parts.Events.Add(rows, caller, Action, $"{groupId},{string.Join(',', wanted.Select(one => one.DiskId))}");
    }

    // Read again under the locks: the request that was under way may have finished, and clients be back.
    private void CarryOutAll(string groupId, IReadOnlyList<string> lockedIds)
    {
        var pending = parts.Catalog.Read(reader => Pending(reader, groupId))
            .Where(one => lockedIds.Contains(one.DiskId)).ToList();
        if (pending.Count == 0)
        {
            // A group without anything pending is left by members that were deleted meanwhile.
            parts.Commit(transaction => SettleGroup(transaction, groupId));
            return;
        }

        string[] diskIds = [.. pending.Select(one => one.DiskId)];
        parts.Clients.RunAlone(
            diskIds, disconnectClients: true, () => pending.ForEach(one => CarryOut(groupId, one)));
    }

    private static List<MemberRollback> Pending(CatalogReader reader, string groupId)
    {
        if (GroupTable.Find(reader, groupId) is not { } group)
            return [];
        var members = GroupTable.Members(reader, group);
        return
        [
            .. members.Where(member => member.SnapshotState == SnapshotState.RollingBack)
                .Select(member => new MemberRollback(member.SnapshotId, member.DiskId)),
        ];
    }

    private void CarryOut(string groupId, MemberRollback one)
    {
        var (disk, snapshot) = parts.Catalog.Read(reader =>
            (DiskTable.Find(reader, one.DiskId), SnapshotTable.Get(reader, one.SnapshotId)));
        if (disk is not null)
            RollBack(disk.DiskId, snapshot.LayerId, rows => Settle(rows, groupId, one));
        else
            // Terminated meanwhile: nothing is left to put back.
            parts.Commit(transaction => Settle(transaction, groupId, one));
    }

    private void RollBack(string diskId, long layerId, Action<SqlTransaction> commitWith)
    {
        // Without clients, a disk that met a device error may be read anew; otherwise it could never be put back.
        if (parts.Engine.OpenDisk(diskId).IsFaulted)
            parts.Engine.CloseDisk(diskId);
        parts.Engine.Rollback(diskId, layerId, transaction => commitWith(SqlTransaction.Of(transaction)));
    }

    private void Settle(SqlTransaction rows, string groupId, MemberRollback one)
    {
        if (SnapshotTable.Find(rows.Rows, one.SnapshotId) is { } snapshot)
            SnapshotTable.Put(rows, snapshot with { SnapshotState = SnapshotState.Normal });
        if (DiskTable.Find(rows.Rows, one.DiskId) is { DiskState: DiskState.RollingBack } disk)
        {
            DiskTable.Put(rows, disk with
            {
                DiskState = disk.IsAttached ? DiskState.Attached : DiskState.Unattached,
            });
        }

        SettleGroup(rows, groupId);
    }

    private void SettleGroup(SqlTransaction rows, string groupId)
    {
        if (GroupTable.Find(rows.Rows, groupId) is not { } group)
            return;
        var isDone = Pending(rows.Rows, groupId).Count == 0;
        GroupTable.Put(rows, group with
        {
            GroupState = isDone ? SnapshotState.Normal : SnapshotState.RollingBack,
            ModifyTime = parts.Now,
        });
    }
}
