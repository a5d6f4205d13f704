using Tidemark.Disks.Types;

namespace Tidemark.Disks.Attributes;

/// <summary>
/// Changes what is known of disks without touching a block: names, types, flags, terms. All disks of a request or none,
/// at once; every change leaves an audit event. Nothing is billed: terms are kept and shown.
/// </summary>
public sealed class DiskAttributes
{
    private const int DisksMax = 100;
    private const int AutoRenewMonthsMax = 36;

    private readonly DomainParts _parts;

    internal DiskAttributes(DomainParts parts) => _parts = parts;

    /// <summary>Changes name, project, type and flags. A change of type is complete when this returns.</summary>
    public void Modify(ModifyDiskAttributesRequest request, Caller caller) =>
        Change("ModifyDiskAttributes", "DiskIds", request.DiskIds, caller, () =>
        {
            Check(request);
            return disk => Modified(DiskStates.Require(disk, DiskAction.Modify), request);
        });

    /// <summary>Sets the extra throughput of a disk, in MiB/s.</summary>
    public void ModifyExtraPerformance(string? diskId, long throughput, Caller caller) =>
        Change("ModifyDiskExtraPerformance", "DiskId", One(diskId), caller, () =>
        {
            RequestRules.Number(throughput, "ThroughputPerformance", 0, int.MaxValue, 0);
            return disk => Offered(
                DiskStates.Require(disk, DiskAction.Reorder) with { ThroughputPerformance = throughput });
        });

    /// <summary>
    /// Moves the deadline of a prepaid disk by some months, from now when it has passed; brings it back from the
    /// recycle bin.
    /// </summary>
    public void Renew(string? diskId, PrepaidTerm term, Caller caller) =>
        Change("RenewDisk", "DiskId", One(diskId), caller, () =>
        {
            var months = DiskPlan.PlanMonths(term.Period);
            CheckFlag(term.RenewFlag);
            return disk => Renewed(DiskStates.Require(disk, DiskAction.Renew), months, term.RenewFlag);
        });

    /// <summary>Makes disks prepaid, or postpaid without a term; those that are so stay as they are.</summary>
    public void ModifyChargeType(IReadOnlyList<string>? diskIds, PrepaidTerm? term, Caller caller) =>
        Change("ModifyDisksChargeType", "DiskIds", diskIds, caller, () =>
        {
            var months = term is null ? 0 : DiskPlan.PlanMonths(term.Period);
            CheckFlag(term?.RenewFlag);
            return disk => Recharged(DiskStates.Require(disk, DiskAction.Reorder), months, term?.RenewFlag);
        });

    /// <summary>Sets what happens at the deadline of disks; kept and shown only.</summary>
    public void ModifyRenewFlag(
        IReadOnlyList<string>? diskIds, string? renewFlag, long? autoRenewPeriod, Caller caller) =>
        Change("ModifyDisksRenewFlag", "DiskIds", diskIds, caller, () =>
        {
            RequestRules.Choice(
                RequestRules.Required(renewFlag, "RenewFlag"), "RenewFlag", DiskPlan.RenewFlags, string.Empty);
            if (autoRenewPeriod is not null)
                RequestRules.Number(autoRenewPeriod, "AutoRenewPeriod", 1, AutoRenewMonthsMax, 1);
            return disk => DiskStates.Require(disk, DiskAction.Modify) with
            {
                RenewFlag = renewFlag ?? disk.RenewFlag,
                AutoRenewPeriod = (int?)autoRenewPeriod ?? disk.AutoRenewPeriod,
            };
        });

    // The request is checked first; then every disk is changed in mind, and all are written together.
    private void Change(
        string action,
        string parameter,
        IReadOnlyList<string>? diskIds,
        Caller caller,
        Func<Func<Disk, Disk>> check) =>
        _parts.Audited.Run(caller, action, string.Join(',', diskIds ?? []), () =>
        {
            var ids = RequestRules.Ids(diskIds, parameter, Identifiers.DiskPrefix, DisksMax);
            var change = check();
            return _parts.Locks.Run(ids, () =>
            {
                var disks = _parts.Catalog.Read(
                    reader => ids.Select(id => change(DiskTable.Get(reader, id, caller.Scope))).ToList());
                _parts.Commit(rows =>
                {
                    foreach (var disk in disks)
                        DiskTable.Put(rows, disk);
                    _parts.Events.Add(rows, caller, action, string.Join(',', ids));
                });
                foreach (var id in ids)
                    _parts.Paces?.Refresh(id);
                return true;
            });
        });

    private static string[] One(string? diskId) => string.IsNullOrEmpty(diskId) ? [] : [diskId];

    private static void Check(ModifyDiskAttributesRequest request)
    {
        if (request.DiskType is null && !request.HasOthers)
        {
            throw new DomainException(
                ErrorCode.MissingParameter,
                "Nothing is to change: give DiskName, Portable, ProjectId, DeleteWithInstance, DiskType or " +
                "BurstPerformanceOperation.");
        }

        if (request.DiskType is not null)
        {
            RequestRules.Choice(request.DiskType, "DiskType", DiskType.All, string.Empty);
            if (request.HasOthers || request.DiskIds is { Count: > 1 })
            {
                throw new DomainException(
                    ErrorCode.InvalidParameter, "DiskType is changed for one disk at a time and with nothing else.");
            }
        }

        if (request.DiskName is not null)
            RequestRules.Name(request.DiskName, "DiskName");
        if (request.Portable == false)
            throw RequestRules.BadValue("Portable", "true: an elastic disk stays elastic", "false");
        if (request.ProjectId is not null)
            RequestRules.Number(request.ProjectId, "ProjectId", 0, long.MaxValue, 0);
        if (request.BurstPerformanceOperation is { } burst)
            RequestRules.Choice(burst, "BurstPerformanceOperation", ["CREATE", "CANCEL"], string.Empty);
    }

    private Disk Modified(Disk disk, ModifyDiskAttributesRequest request)
    {
        var isPortable = disk.IsPortable || request.Portable == true;
        if (request.ProjectId is not null && !isPortable)
            throw NotSupported(disk, "is not elastic, and follows the project of its instance");
        if (request.DeleteWithInstance == true && disk.DiskChargeType == ChargeType.Prepaid)
            throw NotSupported(disk, "is prepaid, and stays when its instance goes");
        var changed = disk with
        {
            DiskName = request.DiskName is null ? disk.DiskName : RequestRules.Name(request.DiskName, "DiskName"),
            IsPortable = isPortable,
            ProjectId = request.ProjectId ?? disk.ProjectId,
            DeleteWithInstance = request.DeleteWithInstance ?? disk.DeleteWithInstance,
            DiskType = request.DiskType is null ? disk.DiskType : Upgraded(disk, request.DiskType),
            BurstPerformance = request.BurstPerformanceOperation is { } burst
                ? burst == "CREATE"
                : disk.BurstPerformance,
        };
        return request.DiskType is null && request.BurstPerformanceOperation is null ? changed : Offered(changed);
    }

    // The types are in the order of their speed. The type that a disk has already is what a repeated request asks for.
    private static string Upgraded(Disk disk, string diskType)
    {
        List<string> types = [.. DiskType.All];
        return types.IndexOf(diskType) >= types.IndexOf(disk.DiskType)
            ? diskType
            : throw new DomainException(
                ErrorCode.DiskConfigNotSupported,
                $"Disk {disk.DiskId} is {disk.DiskType}; a disk only becomes faster, and {diskType} is slower.");
    }

    // A disk of a strict server is always one that could be created there.
    private Disk Offered(Disk disk)
    {
        if (_parts.Options.StrictSizes)
        {
            DiskTypeTable.CheckSize(disk.DiskType, disk.DiskSizeGiB);
            DiskTypeTable.CheckExtra(
                disk.DiskType, disk.DiskSizeGiB, disk.ThroughputPerformance, disk.BurstPerformance);
        }

        return disk;
    }

    private Disk Renewed(Disk disk, int months, string? renewFlag)
    {
        if (disk.DiskChargeType != ChargeType.Prepaid)
            throw NotSupported(disk, "is not prepaid, and has no deadline to move");
        var isRecycled = disk.DiskState == DiskState.ToRecycle;
        var from = isRecycled || disk.DeadlineTime is not { } deadline || deadline < _parts.Now
            ? _parts.Now
            : deadline;
        return disk with
        {
            DiskState = isRecycled ? DiskState.Unattached : disk.DiskState,
            DeadlineTime = from.AddMonths(months),
            RenewFlag = string.IsNullOrEmpty(renewFlag) ? disk.RenewFlag : renewFlag,
        };
    }

    private Disk Recharged(Disk disk, int months, string? renewFlag)
    {
        if (!disk.IsPortable)
        {
            throw new DomainException(
                ErrorCode.DiskNotPortable, $"Disk {disk.DiskId} is not elastic, and is paid for with its instance.");
        }

        var isPrepaid = disk.DiskChargeType == ChargeType.Prepaid;
        if (months == 0)
        {
            return !isPrepaid
                ? disk
                : disk with { DiskChargeType = ChargeType.Postpaid, DeadlineTime = null, AutoRenewPeriod = 0 };
        }

        return isPrepaid
            ? disk
            : disk with
            {
                DiskChargeType = ChargeType.Prepaid,
                DeadlineTime = _parts.Now.AddMonths(months),
                RenewFlag = string.IsNullOrEmpty(renewFlag) ? disk.RenewFlag : renewFlag,
                DeleteWithInstance = false,
            };
    }

    private static void CheckFlag(string? renewFlag)
    {
        if (!string.IsNullOrEmpty(renewFlag))
            RequestRules.Choice(renewFlag, "RenewFlag", DiskPlan.RenewFlags, renewFlag);
    }

    private static DomainException NotSupported(Disk disk, string why) =>
        new(ErrorCode.DiskNotSupported, $"Disk {disk.DiskId} {why}.");
}
