using Tidemark.Catalog;
using Tidemark.Disks.Accounts;
using Tidemark.Disks.Copies;
using Tidemark.Disks.Queries;
using Tidemark.Disks.Sharing;
using Tidemark.Disks.Snapshots;

namespace Tidemark.Disks.Groups;

/// <summary>
/// What can be done with snapshot groups. Every refusal is a <see cref="DomainException"/>; every change leaves an
/// audit event.
/// </summary>
public sealed class GroupOperations
{
    private const int DeleteMax = 100;

    private readonly DomainParts _parts;
    private readonly GroupCreation _creation;
    private readonly GroupRollback _rollback;

    internal GroupOperations(DomainParts parts, Rollback rollback)
    {
        _parts = parts;
        _creation = new GroupCreation(parts);
        _rollback = new GroupRollback(parts, rollback);
    }

    /// <summary>
    /// Takes a snapshot of each of 1 to 64 disks, all at one instant and in one transaction; complete, durable and
    /// listed when this returns. Writers do not wait for it.
    /// </summary>
    /// <returns>The group's id.</returns>
    public string Create(CreateGroupRequest request, Caller caller) => _parts.Audited.Run(
        caller, "CreateSnapshotGroup", string.Join(',', request.DiskIds ?? []), () => _creation.Run(request, caller));

    /// <summary>
    /// Lists groups. Filters: snapshot-group-id, snapshot-group-state, snapshot-group-name, snapshot-id, tag-key,
    /// tag-value, tag:KEY.
    /// </summary>
    public Page<SnapshotGroup> List(ListQuery query, Scope? scope = null) =>
        _parts.Catalog.Read(reader => GroupTable.List(reader, query, scope));

    /// <summary>One group, or null.</summary>
    public SnapshotGroup? Find(string groupId, Scope? scope = null) =>
        _parts.Catalog.Read(reader => GroupTable.Find(reader, groupId, scope));

    /// <summary>
    /// Rolls disks back to members of a group, all or some of them. Refused while a disk is attached or a client is
    /// connected, unless <paramref name="options"/> say otherwise.
    /// </summary>
    /// <returns>The snapshots of what was replaced, in the order of the disks; none when none are kept.</returns>
    public IReadOnlyList<string> Apply(
        string groupId, IReadOnlyList<MemberRollback> disks, RollbackOptions options, Caller caller) =>
        _parts.Audited.Run(
            caller, "ApplySnapshotGroup", groupId, () => _rollback.Run(groupId, disks, options, caller));

    /// <summary>Deletes groups with all their members, all or none (1 to 100 ids).</summary>
    public void Delete(IReadOnlyList<string> groupIds, Caller caller) =>
        _parts.Audited.Run(caller, "DeleteSnapshotGroup", string.Join(',', groupIds), () =>
        {
            var ids = RequestRules.Ids(groupIds, "SnapshotGroupIds", Identifiers.GroupPrefix, DeleteMax);
            var diskIds = Load(ids, caller).Select(member => member.DiskId).Distinct();
            return _parts.Locks.Run(diskIds, () =>
            {
                // Read again under the locks: somebody else may have changed one meanwhile.
                DropMembers(ids, Load(ids, caller), caller);
                return true;
            });
        });

    /// <summary>Finishes rollbacks that were accepted and interrupted.</summary>
    internal void CarryOutPending() => _rollback.CarryOutPending();

    private List<Snapshot> Load(IReadOnlyList<string> groupIds, Caller caller) => _parts.Catalog.Read(reader => groupIds
        .SelectMany(id => GroupTable.Members(reader, RequireNormal(GroupTable.Get(reader, id, caller.Scope))))
        .ToList());

    private void DropMembers(IReadOnlyList<string> groupIds, List<Snapshot> members, Caller caller)
    {
        // The group goes with its last member, and comes back with the first that is brought back.
        void Change(SqlTransaction rows, Action<Snapshot> remove)
        {
            // Read once more: locks, names and deadlines of snapshots are changed without the locks of their disk.
            foreach (var id in members.Select(member => member.SnapshotId))
                remove(RequireDeletable(rows.Rows, SnapshotTable.Get(rows.Rows, id)));
            _parts.Events.Add(rows, caller, "DeleteSnapshotGroup", string.Join(',', groupIds));
        }

        if (_parts.Options.KeepDeleted > TimeSpan.Zero)
        {
            _parts.Commit(rows => Change(
                rows, member => SnapshotTable.Put(rows, member with { DeletedTime = _parts.Now })));
            return;
        }

        _parts.Engine.DropNames([.. members.Select(member => member.LayerId)], transaction =>
        {
            var rows = SqlTransaction.Of(transaction);
            Change(rows, member => SnapshotTable.Delete(rows, member.SnapshotId));
        });
    }

    private static SnapshotGroup RequireNormal(SnapshotGroup group) => group.GroupState == SnapshotState.Normal
        ? group
        : throw new DomainException(ErrorCode.WrongState,
            $"Group {group.GroupId} is {group.GroupState}; it can be deleted when it is NORMAL again.");

    private static Snapshot RequireDeletable(CatalogReader reader, Snapshot member)
    {
        if (member.SnapshotState != SnapshotState.Normal || member.IsLocked)
        {
            throw new DomainException(ErrorCode.WrongState,
                $"Snapshot {member.SnapshotId} is {(member.IsLocked ? "locked" : member.SnapshotState)}; " +
                "its group cannot be deleted.");
        }

        if (ShareTable.List(reader, member.SnapshotId).Count > 0)
        {
            throw new DomainException(ErrorCode.SnapshotShared,
                $"Snapshot {member.SnapshotId} is shared; cancel that first.");
        }

        return CopyTable.RegionsOf(reader, [member.SnapshotId]).Count == 0
            ? member
            : throw new DomainException(ErrorCode.Busy,
                $"Snapshot {member.SnapshotId} is being copied to another region; try again soon.");
    }
}
