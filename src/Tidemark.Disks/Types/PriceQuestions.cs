using Tidemark.Catalog;
using Tidemark.Disks.Accounts;

namespace Tidemark.Disks.Types;

/// <summary>
/// Checks what somebody asks the price of. Every price is zero here: nothing is billed; but what could not be bought is
/// refused as it would be.
/// </summary>
public sealed class PriceQuestions
{
    private const int DisksMax = 50;
    private const int IdsMax = 100;
    private const int BackupQuotaMax = 1024;

    private readonly SqlCatalog _catalog;
    private readonly DomainOptions _options;

    internal PriceQuestions(SqlCatalog catalog, DomainOptions options)
    {
        _catalog = catalog;
        _options = options;
    }

    /// <summary>Checks new disks; null counts as in a creation.</summary>
    /// <exception cref="DomainException">They could not be created.</exception>
    public void CheckCreation(CreateDisksRequest request)
    {
        RequestRules.Choice(request.DiskChargeType, "DiskChargeType", ChargeType.All, ChargeType.Postpaid);
        var type = RequestRules.Choice(request.DiskType, "DiskType", DiskType.All, DiskType.Default);
        var size = RequestRules.Number(request.DiskSize, "DiskSize", 1, DiskSize.GiBMax, 0);
        var extra = RequestRules.Number(request.ThroughputPerformance, "ThroughputPerformance", 0, int.MaxValue, 0);
        RequestRules.Number(request.DiskCount, "DiskCount", 1, DisksMax, 1);
        RequestRules.Number(request.DiskBackupQuota, "DiskBackupQuota", 0, BackupQuotaMax, 0);
        if (!_options.StrictSizes)
            return;
        DiskTypeTable.CheckSize(type, size);
        DiskTypeTable.CheckExtra(type, size, extra, hasBurst: false);
    }

    /// <summary>Checks that disks (1 to 100) can grow to a size; returns whether they are prepaid.</summary>
    /// <exception cref="DomainException">A disk does not exist, or is larger already.</exception>
    public bool CheckGrowth(IReadOnlyList<string> diskIds, long sizeGiB, Scope scope)
    {
        RequestRules.Number(sizeGiB, "DiskSize", 1, DiskSize.GiBMax, 0);
        var disks = Load(diskIds, scope);
        foreach (var disk in disks)
        {
            if (sizeGiB <= disk.DiskSizeGiB)
            {
                throw RequestRules.BadValue(
                    "DiskSize", $"more than {disk.DiskSizeGiB} GiB, as {disk.DiskId} has", sizeGiB);
            }

            if (_options.StrictSizes)
                DiskTypeTable.CheckSize(disk.DiskType, sizeGiB);
        }

        return disks.TrueForAll(disk => disk.DiskChargeType == ChargeType.Prepaid);
    }

    /// <summary>Checks that disks (1 to 100) are prepaid.</summary>
    /// <exception cref="DomainException">A disk does not exist, or is not prepaid.</exception>
    public void CheckRenewal(IReadOnlyList<string> diskIds, Scope scope)
    {
        foreach (var disk in Load(diskIds, scope).Where(disk => disk.DiskChargeType != ChargeType.Prepaid))
        {
            throw new DomainException(ErrorCode.DiskNotSupported,
                $"Disk {disk.DiskId} is {disk.DiskChargeType}; only PREPAID disks are renewed.");
        }
    }

    /// <summary>Checks a number of backup points of a disk; returns whether the disk is prepaid.</summary>
    /// <exception cref="DomainException">The disk does not exist, or the number is not 1 to 1024.</exception>
    public bool CheckBackupQuota(string diskId, long quota, Scope scope)
    {
        RequestRules.Number(quota, "DiskBackupQuota", 1, BackupQuotaMax, 0);
        return Load([diskId], scope)[0].DiskChargeType == ChargeType.Prepaid;
    }

    /// <summary>Checks extra throughput of a disk; returns whether the disk is prepaid.</summary>
    /// <exception cref="DomainException">The disk does not exist, or its type does not take so much.</exception>
    public bool CheckExtraPerformance(string diskId, long extraMiB, Scope scope)
    {
        RequestRules.Number(extraMiB, "ThroughputPerformance", 0, int.MaxValue, 0);
        var disk = Load([diskId], scope)[0];
        if (_options.StrictSizes)
            DiskTypeTable.CheckExtra(disk.DiskType, disk.DiskSizeGiB, extraMiB, hasBurst: false);
        return disk.DiskChargeType == ChargeType.Prepaid;
    }

    private List<Disk> Load(IReadOnlyList<string> diskIds, Scope scope)
    {
        var ids = RequestRules.Ids(diskIds, "DiskIds", Identifiers.DiskPrefix, IdsMax);
        return _catalog.Read(reader => ids.Select(id => DiskTable.Get(reader, id, scope)).ToList());
    }
}
