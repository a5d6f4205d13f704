using Tidemark.Catalog;

namespace Tidemark.Disks.Instances;

/// <summary>
/// Puts disks into the hands of instances and takes them back, all disks of a request or none, in one transaction: a
/// disk is attached when this returns, and never to two instances. Every change leaves an audit event.
/// </summary>
public sealed class DiskAttachment
{
    /// <summary>Disks that an instance may have.</summary>
    public const int DisksOfInstanceMax = 20;

    private const int DisksMax = 10;
    private static readonly string[] AttachModes = ["PF", "VF"];

    private readonly DomainParts _parts;

    internal DiskAttachment(DomainParts parts) => _parts = parts;

    /// <summary>
    /// Attaches disks. One that is attached to this instance already stays as it is. An unknown instance is registered
    /// in the disks' zone, unless only registered ones are allowed.
    /// </summary>
    public void Attach(AttachDisksRequest request, Caller caller) => _parts.Audited.Run(
        caller, "AttachDisks", string.Join(',', request.DiskIds ?? []), () =>
        {
            var diskIds = RequestRules.Ids(request.DiskIds, "DiskIds", Identifiers.DiskPrefix, DisksMax);
            var instanceId = InstanceIds.One(request.InstanceId, "InstanceId");
            if (request.AttachMode is { Length: > 0 } mode)
                RequestRules.Choice(mode, "AttachMode", AttachModes, mode);
            return _parts.Locks.Run([.. diskIds, instanceId], () => Attach(diskIds, instanceId, request, caller));
        });

    /// <summary>Detaches disks.</summary>
    /// <param name="diskIds">1 to 10 disks.</param>
    /// <param name="instanceId">Where they must be attached; null when it does not matter.</param>
    /// <param name="caller">On whose behalf.</param>
    public void Detach(IReadOnlyList<string>? diskIds, string? instanceId, Caller caller) => _parts.Audited.Run(
        caller, "DetachDisks", string.Join(',', diskIds ?? []), () =>
        {
            var ids = RequestRules.Ids(diskIds, "DiskIds", Identifiers.DiskPrefix, DisksMax);
            if (!string.IsNullOrEmpty(instanceId))
                InstanceIds.One(instanceId, "InstanceId");
            return _parts.Locks.Run(ids, () => DetachAll(ids, instanceId, caller));
        });

    /// <summary>A disk that is in nobody's hands any more.</summary>
    internal static Disk Detached(Disk disk) => disk with
    {
        DiskState = DiskState.Unattached,
        InstanceId = string.Empty,
        DeleteWithInstance = false,
        AttachMode = string.Empty,
        ErrorPrompt = string.Empty,
    };

    private bool Attach(
        IReadOnlyList<string> diskIds, string instanceId, AttachDisksRequest request, Caller caller)
    {
        var (disks, known, attachedCount) = _parts.Catalog.Read(reader => (
            diskIds.Select(id => DiskTable.Get(reader, id, caller.Scope)).ToList(),
            InstanceTable.Find(reader, instanceId, caller.Scope),
            DiskTable.AttachedCount(reader, instanceId)));
        var added = disks.Where(disk => !IsAttachedTo(disk, instanceId)).ToList();
        foreach (var disk in added)
            RequireAttachable(disk, instanceId, request);
        var instance = known ?? Unknown(instanceId, disks[0]);
        foreach (var disk in disks)
            RequireSameZone(disk, instance);
        if (attachedCount + added.Count > DisksOfInstanceMax)
        {
            throw new DomainException(
                ErrorCode.InstanceDisksMax,
                $"Instance {instanceId} has {attachedCount} disks; {added.Count} more do not fit, because it may " +
                $"have at most {DisksOfInstanceMax}. Detach some first.");
        }

        _parts.Commit(rows =>
        {
            if (known is null)
                Register(rows, instance);
            foreach (var disk in added)
                DiskTable.Put(rows, Attached(disk, instanceId, request));
            _parts.Events.Add(rows, caller, "AttachDisks", string.Join(',', diskIds));
        });
        return true;
    }

    private bool DetachAll(IReadOnlyList<string> diskIds, string? instanceId, Caller caller)
    {
        var disks = _parts.Catalog.Read(
            reader => diskIds.Select(id => DiskTable.Get(reader, id, caller.Scope)).ToList());
        foreach (var disk in disks)
        {
            DiskStates.Require(disk, DiskAction.Detach);
            RequirePortable(disk);
            if (!string.IsNullOrEmpty(instanceId) && disk.InstanceId != instanceId)
            {
                throw RequestRules.BadValue(
                    "InstanceId",
                    $"{disk.InstanceId}, to which disk {disk.DiskId} is attached, or left out",
                    instanceId);
            }
        }

        _parts.Commit(rows =>
        {
            foreach (var disk in disks)
                DiskTable.Put(rows, Detached(disk));
            _parts.Events.Add(rows, caller, "DetachDisks", string.Join(',', diskIds));
        });
        return true;
    }

    private static bool IsAttachedTo(Disk disk, string instanceId) =>
        disk.DiskState == DiskState.Attached && disk.InstanceId == instanceId;

    private static void RequireAttachable(Disk disk, string instanceId, AttachDisksRequest request)
    {
        DiskStates.Require(disk, DiskAction.Attach);
        RequirePortable(disk);
        if (disk.DiskUsage != DiskUsage.Data)
        {
            throw new DomainException(
                ErrorCode.DiskTypeError, $"Disk {disk.DiskId} is a system disk; only data disks can be attached.");
        }

        if (disk.IsAttached)
        {
            throw new DomainException(
                ErrorCode.AttachedElsewhere,
                $"Disk {disk.DiskId} is attached to {disk.InstanceId}; detach it before {instanceId} takes it.");
        }

        if (request.DeleteWithInstance == true && disk.DiskChargeType == ChargeType.Prepaid)
        {
            throw RequestRules.BadValue(
                "DeleteWithInstance", $"false, or left out, for a prepaid disk such as {disk.DiskId}", "true");
        }
    }

    private static void RequirePortable(Disk disk)
    {
        if (!disk.IsPortable)
        {
            throw new DomainException(
                ErrorCode.DiskNotPortable,
                $"Disk {disk.DiskId} is not elastic; make it so with ModifyDiskAttributes (Portable) first.");
        }
    }

    private static void RequireSameZone(Disk disk, Instance instance)
    {
        if (disk.Zone != instance.Zone || disk.Region != instance.Region)
        {
            throw new DomainException(
                ErrorCode.ZoneNotMatch,
                $"Disk {disk.DiskId} is in zone {disk.Zone}, instance {instance.InstanceId} in {instance.Zone}; both " +
                "must be in one zone.");
        }
    }

    private Instance Unknown(string instanceId, Disk disk) => _parts.Options.StrictInstances
        ? throw InstanceTable.NotFound(instanceId)
        : new Instance
        {
            InstanceId = instanceId,
            AccountId = disk.AccountId,
            Region = disk.Region,
            Zone = disk.Zone,
            InstanceName = instanceId,
            InstanceState = InstanceState.Running,
            CreateTime = _parts.Now,
        };

    // The id may be that of another account's instance, which this caller cannot see.
    private static void Register(SqlTransaction rows, Instance instance)
    {
        if (InstanceTable.IsTaken(rows.Rows, instance.InstanceId))
            throw InstanceTable.NotFound(instance.InstanceId);
        InstanceTable.Put(rows, instance);
    }

    private static Disk Attached(Disk disk, string instanceId, AttachDisksRequest request) => disk with
    {
        DiskState = DiskState.Attached,
        InstanceId = instanceId,
        LastInstanceId = instanceId,
        DeleteWithInstance = request.DeleteWithInstance ?? disk.DeleteWithInstance,
        AttachMode = request.AttachMode ?? string.Empty,
        ErrorPrompt = string.Empty,
    };
}
