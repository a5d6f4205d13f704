using System.Globalization;
using System.Text;
using Tidemark.Disks.Accounts;
using Tidemark.Disks.Snapshots;
using Tidemark.Disks.Types;

namespace Tidemark.Disks;

/// <summary>A creation request whose values were checked and whose gaps were filled. Holds no identity yet.</summary>
internal sealed record DiskPlan
{
    private const int NameBytesMax = 60;
    private const int DisksMax = 50;
    private const int BackupQuotaMax = 1024;
    private const int ClientTokenLengthMax = 64;

    /// <summary>What may happen when a prepaid disk's time is over.</summary>
    public static readonly IReadOnlyList<string> RenewFlags =
        ["NOTIFY_AND_MANUAL_RENEW", "NOTIFY_AND_AUTO_RENEW", "DISABLE_NOTIFY_AND_MANUAL_RENEW"];

    /// <summary>Whose they are, and in which region.</summary>
    public required Scope Home { get; init; }

    /// <summary>The zone.</summary>
    public required string Zone { get; init; }

    /// <summary>The project.</summary>
    public required long ProjectId { get; init; }

    /// <summary>How it is paid for.</summary>
    public required string ChargeType { get; init; }

    /// <summary>The type.</summary>
    public required string DiskType { get; init; }

    /// <summary>The name before numbering.</summary>
    public required string Name { get; init; }

    /// <summary>The size.</summary>
    public required long SizeGiB { get; init; }

    /// <summary>How many.</summary>
    public required int Count { get; init; }

    /// <summary>Labels by key.</summary>
    public required IReadOnlyList<Tag> Tags { get; init; }

    /// <summary>The snapshot to start from.</summary>
    public required Snapshot? Snapshot { get; init; }

    /// <summary>Months of a prepaid disk; 0 for others.</summary>
    public required int PrepaidMonths { get; init; }

    /// <summary>Renewal flag.</summary>
    public required string RenewFlag { get; init; }

    /// <summary>Extra throughput.</summary>
    public required long ThroughputPerformance { get; init; }

    /// <summary>Burst.</summary>
    public required bool BurstPerformance { get; init; }

    /// <summary>How many backup points it may have.</summary>
    public required int BackupQuota { get; init; }

    /// <summary>Whether non-permanent snapshots go with the disk.</summary>
    public required bool DeleteSnapshot { get; init; }

    /// <summary>Checks a request.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="options">The zones.</param>
    /// <param name="home">Whose they are to be.</param>
    /// <param name="findSnapshot">Looks a snapshot up.</param>
    public static DiskPlan From(
        CreateDisksRequest request, DomainOptions options, Scope home, Func<string, Snapshot?> findSnapshot)
    {
        var zones = options.ZonesOf(home.Region);
        RefuseUnsupported(request);
        CheckClientToken(request.ClientToken);
        var chargeType = RequestRules.Choice(
            request.DiskChargeType, "DiskChargeType", Disks.ChargeType.All, Disks.ChargeType.Postpaid);
        var snapshot = FindSnapshot(request.SnapshotId, findSnapshot);
        var count = (int)RequestRules.Number(request.DiskCount, "DiskCount", 1, DisksMax, 1);
        var plan = new DiskPlan
        {
            Home = home,
            Zone = RequestRules.Choice(request.Zone, "Placement.Zone", zones, zones[0]),
            ProjectId = RequestRules.Number(request.ProjectId, "Placement.ProjectId", 0, long.MaxValue, 0),
            ChargeType = chargeType,
            DiskType = RequestRules.Choice(
                request.DiskType, "DiskType", Disks.DiskType.All, Disks.DiskType.Default),
            Name = PlanName(request.DiskName, count),
            SizeGiB = PlanSize(request.DiskSize, snapshot),
            Count = count,
            Tags = RequestRules.Tags(request.Tags),
            Snapshot = snapshot,
            PrepaidMonths = chargeType == Disks.ChargeType.Prepaid ? PlanMonths(request.PrepaidPeriod) : 0,
            RenewFlag = RequestRules.Choice(
                request.RenewFlag, "DiskChargePrepaid.RenewFlag", RenewFlags, RenewFlags[0]),
            ThroughputPerformance = RequestRules.Number(
                request.ThroughputPerformance, "ThroughputPerformance", 0, int.MaxValue, 0),
            BurstPerformance = request.BurstPerformance ?? false,
            BackupQuota = (int)RequestRules.Number(request.DiskBackupQuota, "DiskBackupQuota", 0, BackupQuotaMax, 0),
            DeleteSnapshot = RequestRules.Number(request.DeleteSnapshot, "DeleteSnapshot", 0, 1, 0) == 1,
        };
        if (options.StrictSizes)
            plan.RequireOffered();
        return plan;
    }

    /// <summary>The name of one of the disks.</summary>
    public string NameOf(int index) =>
        Count == 1 ? Name : string.Create(CultureInfo.InvariantCulture, $"{Name}_{index}");

    private void RequireOffered()
    {
        DiskTypeTable.CheckSize(DiskType, SizeGiB);
        DiskTypeTable.CheckExtra(DiskType, SizeGiB, ThroughputPerformance, BurstPerformance);
    }

    private static void RefuseUnsupported(CreateDisksRequest request)
    {
        if (!string.IsNullOrEmpty(request.Encrypt) || !string.IsNullOrEmpty(request.EncryptType))
        {
            throw new DomainException(ErrorCode.DiskConfigNotSupported,
                "Encryption is not offered by this server; leave out Encrypt and EncryptType, or encrypt on the " +
                "host (LUKS).");
        }

        if (request.Shareable == true)
        {
            throw new DomainException(ErrorCode.DiskConfigNotSupported,
                "Shareable disks are not offered by this server; leave Shareable out.");
        }
    }

    private static void CheckClientToken(string? token)
    {
        if (token is not null && (token.Length > ClientTokenLengthMax || !token.All(char.IsAscii)))
            throw RequestRules.BadValue("ClientToken", "at most 64 ASCII characters", token);
    }

    private static Snapshot? FindSnapshot(string? snapshotId, Func<string, Snapshot?> findSnapshot)
    {
        if (string.IsNullOrEmpty(snapshotId))
            return null;
        RequestRules.Id(snapshotId, "SnapshotId", Identifiers.SnapshotPrefix);
        var snapshot = findSnapshot(snapshotId) ?? throw SnapshotTable.NotFound(snapshotId);
        if (snapshot.DiskUsage != Disks.DiskUsage.Data)
        {
            throw new DomainException(ErrorCode.SnapshotNotSupported,
                $"Snapshot {snapshotId} is of a system disk; only snapshots with usage DATA_DISK make new disks.");
        }

        return snapshot.SnapshotState == SnapshotState.Normal
            ? snapshot
            : throw new DomainException(ErrorCode.SnapshotNotSupported,
                $"Snapshot {snapshotId} is in state {snapshot.SnapshotState}; new disks are made from NORMAL ones.");
    }

    private static string PlanName(string? name, int count)
    {
        var checkedName = RequestRules.Name(name, "DiskName");
        var suffixBytes = count == 1 ? 0 : 1 + (count > 10 ? 2 : 1);
        return Encoding.UTF8.GetByteCount(checkedName) + suffixBytes <= NameBytesMax
            ? checkedName
            : throw RequestRules.BadValue("DiskName", "at most 60 bytes with the number of each disk appended", name);
    }

    private static long PlanSize(long? sizeGiB, Snapshot? snapshot)
    {
        if (sizeGiB is null && snapshot is null)
            throw new DomainException(ErrorCode.MissingParameter, "DiskSize is required without a SnapshotId.");
        var size = RequestRules.Number(sizeGiB, "DiskSize", 1, DiskSize.GiBMax, snapshot?.DiskSizeGiB ?? 1);
        if (snapshot is not null && size < snapshot.DiskSizeGiB)
        {
            throw RequestRules.BadValue("DiskSize", string.Create(CultureInfo.InvariantCulture,
                $"at least the size of snapshot {snapshot.SnapshotId}, {snapshot.DiskSizeGiB} GiB"), size);
        }

        return size;
    }

    /// <summary>Months that a prepaid disk is paid for: 1 to 12, 24 or 36.</summary>
    public static int PlanMonths(long? period)
    {
        if (period is null)
        {
            throw new DomainException(ErrorCode.MissingParameter,
                "DiskChargePrepaid.Period is required for a PREPAID disk.");
        }

        return period is (>= 1 and <= 12) or 24 or 36
            ? (int)period
            : throw RequestRules.BadValue("DiskChargePrepaid.Period", "1 to 12, 24 or 36 months", period);
    }
}
