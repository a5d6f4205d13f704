using System.Globalization;
using Tidemark.Catalog;
using Tidemark.Disks.Accounts;
using Tidemark.Disks.Queries;
using Tidemark.Disks.Types;

namespace Tidemark.Disks;

/// <summary>
/// What can be done with disks. Every refusal is a <see cref="DomainException"/>; every change leaves an audit event.
/// </summary>
public sealed class DiskOperations
{
    private const int ExpiredMax = 100;
    private const int MiBShift = 20;

    private readonly DomainParts _parts;
    private readonly DiskCreation _creation;
    private readonly DiskTermination _termination;

    internal DiskOperations(DomainParts parts, DiskRemoval removal, DiskTermination termination)
    {
        _parts = parts;
        _creation = new DiskCreation(parts, removal);
        _termination = termination;
    }

    /// <summary>Creates disks; they are usable when this returns. All or none.</summary>
    /// <returns>Their ids, in the order of their names.</returns>
    public IReadOnlyList<string> Create(CreateDisksRequest request, Caller caller) => _parts.Audited.Run(
        caller, "CreateDisks", request.DiskName ?? string.Empty, () => _creation.Run(request, caller));

    /// <summary>
    /// Lists disks. Filters: disk-usage, disk-charge-type, portable, project-id, disk-id, disk-name, disk-type,
    /// disk-state, instance-id, zone, instance-ip-address, instance-name, tag-key, tag-value, tag:KEY,
    /// dedicated-cluster-id, cluster-group-id.
    /// </summary>
    public Page<Disk> List(ListQuery query, Scope? scope = null)
    {
        var page = _parts.Catalog.Read(reader => DiskTable.List(reader, query, scope));
        return page with { Items = [.. page.Items.Select(Complete)] };
    }

    /// <summary>One disk, or null.</summary>
    public Disk? Find(string diskId, Scope? scope = null) =>
        _parts.Catalog.Read(reader => DiskTable.Find(reader, diskId, scope)) is { } disk ? Complete(disk) : null;

    /// <summary>
    /// Terminates disks, all or none: postpaid ones are gone, prepaid ones go to the recycle bin, and from there they
    /// are destroyed. Refused while a disk is attached or a client is connected, unless <paramref
    /// name="disconnectClients"/>.
    /// </summary>
    /// <param name="diskIds">1 to 100 ids.</param>
    /// <param name="deleteSnapshots">Whether non-permanent snapshots go too; snapshots of others stay usable.</param>
    /// <param name="disconnectClients">Disconnects NBD clients first instead of refusing.</param>
    /// <param name="caller">On whose behalf.</param>
    public void Terminate(IReadOnlyList<string> diskIds, bool deleteSnapshots, bool disconnectClients, Caller caller) =>
        _parts.Audited.Run(caller, "TerminateDisks", string.Join(',', diskIds), () =>
        {
            _termination.Run(diskIds, new TerminationKind(deleteSnapshots), disconnectClients, caller);
            return true;
        });

    /// <summary>Grows a disk, attached or not; connected clients see the old size until they reconnect.</summary>
    public void Resize(string diskId, long newSizeGiB, Caller caller) =>
        _parts.Audited.Run(caller, "ResizeDisk", diskId, () => _parts.Locks.Run([diskId], () =>
        {
            var disk = GetResizable(diskId, caller);
            RequestRules.Number(newSizeGiB, "DiskSize", 1, DiskSize.GiBMax, 1);
            if (_parts.Options.StrictSizes)
                DiskTypeTable.CheckSize(disk.DiskType, newSizeGiB);
            if (newSizeGiB <= disk.DiskSizeGiB)
            {
                throw RequestRules.BadValue("DiskSize", string.Create(CultureInfo.InvariantCulture,
                    $"more than the disk's size, {disk.DiskSizeGiB} GiB (disks only grow)"), newSizeGiB);
            }

            _parts.Engine.Resize(diskId, DiskSize.Bytes(newSizeGiB), transaction =>
            {
                var rows = SqlTransaction.Of(transaction);
                DiskTable.Put(rows, disk with { DiskSizeGiB = newSizeGiB });
                _parts.Events.Add(rows, caller, "ResizeDisk", diskId);
            });
            _parts.Paces?.Refresh(diskId);
            return true;
        }));

    /// <summary>
    /// Destroys disks that have been in the recycle bin for long enough, at most 100 in one call; one that is refused
    /// stops no other.
    /// </summary>
    /// <returns>How many were destroyed.</returns>
    public int DestroyExpired()
    {
        var diskIds = _parts.Catalog.Read(reader => reader.Query<string>(
            "SELECT disk_id FROM disks WHERE state = @state AND deadline_ms <= @now AND deleted_ms IS NULL " +
            "ORDER BY deadline_ms LIMIT @ExpiredMax",
            new { state = DiskState.ToRecycle, now = _parts.Now.ToUnixTimeMilliseconds(), ExpiredMax }));
        if (diskIds.Count == 0)
            return 0;
        return TryDestroy(diskIds) ?? (diskIds.Count > 1 ? diskIds.Sum(id => TryDestroy([id]) ?? 0) : 0);
    }

    // Null when it was refused.
    private int? TryDestroy(IReadOnlyList<string> diskIds)
    {
        try
        {
            return _parts.Audited.Run(
                Caller.Server, "TerminateDisks", string.Join(',', diskIds), () => _termination.DestroyExpired(diskIds));
        }
        catch (DomainException)
        {
            // It has left an event; the disk stays in the recycle bin, and is tried again.
            return null;
        }
    }

    private Disk GetResizable(string diskId, Caller caller)
    {
        RequestRules.Id(diskId, "DiskId", Identifiers.DiskPrefix);
        var disk = DiskStates.Require(
            _parts.Catalog.Read(reader => DiskTable.Get(reader, diskId, caller.Scope)), DiskAction.Resize);
        return disk.IsPortable
            ? disk
            : throw new DomainException(
                ErrorCode.DiskNotSupported,
                $"Disk {diskId} is not elastic; make it so with ModifyDiskAttributes (Portable) before it grows.");
    }

    private Disk Complete(Disk disk)
    {
        var holding = _parts.Sizes.Last(disk.DiskId, disk.SnapshotCount);
        return disk with
        {
            ClientCount = _parts.Clients.Count(disk.DiskId),
            SnapshotSizeMiB = (holding.Bytes + (1 << MiBShift) - 1) >> MiBShift,
            SnapshotSizeIsCurrent = holding.IsCurrent,
        };
    }
}
