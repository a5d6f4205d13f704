using Tidemark.Disks.Accounts;
using Tidemark.Disks.Queries;

namespace Tidemark.Disks.Deleted;

/// <summary>
/// Terminated disks that are kept for a while (<see cref="DomainOptions.KeepDeleted"/>): nobody sees or reads them, but
/// they can be brought back with everything on them. Their space is free once they are destroyed.
/// </summary>
public sealed class DeletedDisks
{
    private const int DisksMax = 100;

    private readonly DomainParts _parts;
    private readonly DiskTermination _termination;

    internal DeletedDisks(DomainParts parts, DiskTermination termination)
    {
        _parts = parts;
        _termination = termination;
    }

    /// <summary>Lists them, with the filters of a list of disks.</summary>
    public Page<Disk> List(ListQuery query, Scope? scope = null) =>
        _parts.Catalog.Read(reader => DiskTable.ListDeleted(reader, query, scope));

    /// <summary>When a disk is destroyed.</summary>
    public DateTimeOffset DestroyTime(Disk disk) =>
        (disk.DeletedTime ?? _parts.Now) + _parts.Options.KeepDeleted;

    /// <summary>
    /// Brings terminated disks back, all or none (1 to 100), as they were before: one that was destroyed from the
    /// recycle bin is there again, with the time in it before it anew.
    /// </summary>
    public void Restore(IReadOnlyList<string>? diskIds, Caller caller) => _parts.Audited.Run(
        caller, "RestoreDisks", string.Join(',', diskIds ?? []), () =>
        {
            var ids = RequestRules.Ids(diskIds, "DiskIds", Identifiers.DiskPrefix, DisksMax);
            return _parts.Locks.Run(ids, () =>
            {
                var disks = _parts.Catalog.Read(reader => ids.Select(
                    id => DiskTable.FindDeleted(reader, id, caller.Scope) ?? throw NotKept(id)).ToList());
                _parts.Commit(rows =>
                {
                    foreach (var disk in disks)
                    {
                        _parts.Quotas.CheckDisks(rows.Rows, new Scope(disk.AccountId, disk.Region), 1);
                        DiskTable.Put(rows, Restored(disk));
                    }

                    _parts.Events.Add(rows, caller, "RestoreDisks", string.Join(',', ids));
                });
                return true;
            });
        });

    /// <summary>Destroys disks that were kept for long enough, at most 100 in one call.</summary>
    /// <returns>How many were destroyed.</returns>
    public int DestroyOld()
    {
        var until = _parts.Now - _parts.Options.KeepDeleted;
        var ids = _parts.Catalog.Read(reader => DiskTable.DeletedUntil(reader, until, DisksMax));
        return ids.Count == 0 ? 0 : _parts.Locks.Run(ids, () =>
        {
            // Read again under the locks: somebody may have brought one back meanwhile.
            var disks = _parts.Catalog.Read(reader => ids.Select(id => DiskTable.FindDeleted(reader, id, null))
                .OfType<Disk>().Where(disk => disk.DeletedTime <= until).ToList());
            if (disks.Count == 0)
                return 0;
            string[] destroyed = [.. disks.Select(disk => disk.DiskId)];
            _parts.Clients.RunAlone(destroyed, disconnectClients: true, () => _termination.Destroy(
                disks, [], rows => _parts.Events.Add(
                    rows, Caller.Server, "DestroyDeletedDisks", string.Join(',', destroyed))));
            return destroyed.Length;
        });
    }

    private Disk Restored(Disk disk) => disk with
    {
        DeletedTime = null,
        DeadlineTime = disk.DiskState == DiskState.ToRecycle
            ? _parts.Now + _parts.Options.RecycleTime
            : disk.DeadlineTime,
    };

    private static DomainException NotKept(string diskId) => new(
        ErrorCode.DiskNotFound,
        $"There is no terminated disk {diskId} that could be brought back; see DescribeDeletedDisks.");
}
