using Tidemark.Catalog;
using Tidemark.Disks.Accounts;
using Tidemark.Disks.Queries;

namespace Tidemark.Disks.Snapshots;

/// <summary>
/// What can be done with snapshots. Every refusal is a <see cref="DomainException"/>; every change leaves an audit
/// event.
/// </summary>
public sealed class SnapshotOperations
{
    private const int DeleteMax = 100;
    private static readonly TimeSpan DeadlineMin = TimeSpan.FromDays(1);

    private readonly DomainParts _parts;

    internal SnapshotOperations(DomainParts parts) => _parts = parts;

    /// <summary>
    /// Takes a snapshot; it is complete, durable and listed when this returns. Writers do not wait for it.
    /// </summary>
    /// <returns>Its id.</returns>
    public string Create(CreateSnapshotRequest request, Caller caller)
    {
        var diskId = request.DiskId ?? string.Empty;
        return _parts.Audited.Run(caller, "CreateSnapshot", diskId, () =>
        {
            var name = RequestRules.Name(request.SnapshotName, "SnapshotName");
            var tags = RequestRules.Tags(request.Tags);
            RequestRules.Id(diskId, "DiskId", Identifiers.DiskPrefix);
            if (request.PolicyId.Length == 0)
                CheckDeadline(request.Deadline);
            return _parts.Locks.Run([diskId], () => Cut(diskId, request, name, tags, caller));
        });
    }

    /// <summary>
    /// Lists snapshots. Filters: snapshot-id, snapshot-name, snapshot-state, disk-usage, project-id, disk-id (at most
    /// 10 values), zone, encrypt, snapshot-type, tag-key, tag-value, tag:KEY.
    /// </summary>
    public Page<Snapshot> List(ListQuery query, Scope? scope = null) =>
        _parts.Catalog.Read(reader => SnapshotTable.List(reader, query, scope));

    /// <summary>One snapshot, or null.</summary>
    public Snapshot? Find(string snapshotId, Scope? scope = null) =>
        _parts.Catalog.Read(reader => SnapshotTable.Find(reader, snapshotId, scope));

    /// <summary>Deletes snapshots, all or none (1 to 100 ids); their space comes back in the background.</summary>
    public void Delete(IReadOnlyList<string> snapshotIds, Caller caller) =>
        _parts.Audited.Run(caller, "DeleteSnapshots", string.Join(',', snapshotIds), () =>
        {
            var ids = RequestRules.Ids(snapshotIds, "SnapshotIds", Identifiers.SnapshotPrefix, DeleteMax);
            var diskIds = Load(ids, caller).Select(snapshot => snapshot.DiskId).Distinct();
            return _parts.Locks.Run(diskIds, () =>
            {
                // Read again under the locks: somebody else may have deleted one meanwhile.
                var snapshots = Load(ids, caller);
                _parts.Engine.DropNames([.. snapshots.Select(snapshot => snapshot.LayerId)], transaction =>
                {
                    var rows = SqlTransaction.Of(transaction);
                    foreach (var id in ids)
                        SnapshotTable.Delete(rows, id);
                    _parts.Events.Add(rows, caller, "DeleteSnapshots", string.Join(',', ids));
                });
                return true;
            });
        });

    /// <summary>
    /// Rolls a disk back to one of its own snapshots; newer snapshots stay. Refused while the disk is attached or a
    /// client is connected, unless <paramref name="disconnectClients"/>.
    /// </summary>
    public void Apply(string snapshotId, string diskId, bool disconnectClients, Caller caller) =>
        _parts.Audited.Run(caller, "ApplySnapshot", diskId, () =>
        {
            RequestRules.Id(snapshotId, "SnapshotId", Identifiers.SnapshotPrefix);
            RequestRules.Id(diskId, "DiskId", Identifiers.DiskPrefix);
            return _parts.Locks.Run([diskId], () =>
            {
                var (disk, snapshot) = _parts.Catalog.Read(reader =>
                    (DiskTable.Get(reader, diskId, caller.Scope), SnapshotTable.Get(reader, snapshotId, caller.Scope)));
                RequireOwn(DiskStates.RequireUsable(disk), snapshot);
                _parts.Clients.RunAlone([diskId], disconnectClients, () => RollBack(disk, snapshot, caller));
                return true;
            });
        });

    /// <summary>Deletes snapshots whose deadline has passed, at most 100 in one call.</summary>
    /// <returns>How many were deleted.</returns>
    public int DeleteExpired()
    {
        var ids = _parts.Catalog.Read(reader => SnapshotTable.Expired(reader, _parts.Now, DeleteMax));
        if (ids.Count > 0)
            Delete(ids, Caller.Server);
        return ids.Count;
    }

    private string Cut(
        string diskId, CreateSnapshotRequest request, string name, IReadOnlyList<Tag> tags, Caller caller)
    {
        var (disk, snapshotId) = _parts.Catalog.Read(reader =>
        {
            _parts.Quota.Check(reader, 1);
            return (
                DiskStates.RequireUsable(DiskTable.Get(reader, diskId, caller.Scope)),
                _parts.Identifiers.Draw(Identifiers.SnapshotPrefix, id => SnapshotTable.IsTaken(reader, id)));
        });
        var usage = RequestRules.Choice(
            request.DiskUsage, "DiskUsage", [DiskUsage.Data, DiskUsage.System], disk.DiskUsage);
        CheckBytes();
        var start = _parts.Options.Time.GetTimestamp();
        _parts.Engine.Cut([diskId], (transaction, layerIds) =>
        {
            var rows = SqlTransaction.Of(transaction);
            _parts.Quota.Check(rows.Rows, 1);
            request.Within?.Invoke(rows, snapshotId);
            SnapshotTable.Put(rows, new Snapshot
            {
                SnapshotId = snapshotId,
                SnapshotName = name,
                DiskId = diskId,
                LayerId = layerIds[0],
                DiskSizeGiB = disk.DiskSizeGiB,
                DiskUsage = usage,
                SnapshotState = SnapshotState.Normal,
                AccountId = disk.AccountId,
                Region = disk.Region,
                Zone = disk.Zone,
                ProjectId = disk.ProjectId,
                CreateTime = _parts.Now,
                ModifyTime = _parts.Now,
                DeadlineTime = request.Deadline,
                Origin = request.PolicyId.Length > 0 ? SnapshotOrigin.Policy : SnapshotOrigin.Manual,
                PolicyId = request.PolicyId,
                Tags = tags,
            });
            TagTable.Put(rows, snapshotId, tags);
            _parts.Events.Add(rows, caller, "CreateSnapshot", snapshotId);
        });
        _parts.Options.Measures.Cuts.Record(_parts.Options.Time.GetElapsedTime(start));
        return snapshotId;
    }

    private void CheckBytes()
    {
        if (_parts.Options.SnapshotBytesMax == long.MaxValue)
            return;
        var layerIds = _parts.Catalog.Read(reader => reader.Query<long>("SELECT layer_id FROM snapshots"));
        if (layerIds.Count > 0)
            _parts.Quota.CheckBytes(_parts.Engine.FreedIfDropped(layerIds, []));
    }

    private void CheckDeadline(DateTimeOffset? deadline)
    {
        if (deadline < _parts.Now + DeadlineMin)
            throw RequestRules.BadValue("Deadline", "at least one day ahead", deadline?.ToString("O"));
    }

    private List<Snapshot> Load(IReadOnlyList<string> ids, Caller caller) =>
        _parts.Catalog.Read(reader => ids.Select(id => SnapshotTable.Get(reader, id, caller.Scope)).ToList());

    private static void RequireOwn(Disk disk, Snapshot snapshot)
    {
        if (snapshot.DiskId != disk.DiskId)
        {
            throw new DomainException(ErrorCode.SnapshotNotSupported,
                $"Snapshot {snapshot.SnapshotId} is of disk {snapshot.DiskId}, not of {disk.DiskId}. " +
                "A disk is rolled back only to its own snapshots; create a new disk from this one instead.");
        }

        if (disk.IsAttached)
        {
            throw new DomainException(ErrorCode.WrongState,
                $"Disk {disk.DiskId} is attached to {disk.InstanceId}; detach it first.");
        }
    }

    private void RollBack(Disk disk, Snapshot snapshot, Caller caller)
    {
        _parts.Engine.Rollback(disk.DiskId, snapshot.LayerId, transaction => _parts.Events.Add(
            SqlTransaction.Of(transaction), caller, "ApplySnapshot", $"{disk.DiskId},{snapshot.SnapshotId}"));
    }
}
