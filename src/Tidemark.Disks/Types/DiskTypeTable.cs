using System.Globalization;

namespace Tidemark.Disks.Types;

/// <summary>
/// The disk types of the CBS API, with their sizes and speeds. This table is the only place that knows them; sizes are
/// binding with <see cref="DomainOptions.StrictSizes"/>, speeds with <see cref="DomainOptions.EnforcePerformance"/>.
/// </summary>
public static class DiskTypeTable
{
    private const long FastExtraRequestsMax = 950_000;

    /// <summary>All types, the slowest first.</summary>
    public static readonly IReadOnlyList<DiskTypeRule> All =
    [
        new("CLOUD_BASIC", 10, 16_000, 10, null),
        new("CLOUD_PREMIUM", 10, 32_000, 10, new(1_800, 8, 6_000, 100, 0.15, 150)),
        new("CLOUD_BSSD", 20, 32_000, 10, new(1_800, 15, 10_000, 100, 0.2, 190)),
        new("CLOUD_SSD", 20, 32_000, 10, new(1_800, 30, 26_000, 120, 0.2, 260)),
        new("CLOUD_HSSD", 20, 32_000, 10, new(1_800, 50, 50_000, 120, 0.5, 350)
        {
            RequestsPerExtraMiB = 128, ExtraRequestsMax = 50_000, ExtraMiBMax = 650,
        }),
        new("CLOUD_TSSD", 20, 32_000, 10, new(4_000, 100, 50_000, 120, 0.5, 350)
        {
            RequestsPerExtraMiB = 128, ExtraRequestsMax = FastExtraRequestsMax, ExtraMiBMax = 3_650,
        }),
    ];

    /// <summary>The rule of a type, or null.</summary>
    public static DiskTypeRule? Find(string name) =>
        All.FirstOrDefault(rule => rule.Name == name);

    /// <summary>How fast a disk may be.</summary>
    public static PerformanceLimit LimitOf(Disk disk) =>
        Find(disk.DiskType)?.Performance?.LimitOf(
            disk.DiskSizeGiB, disk.ThroughputPerformance, disk.BurstPerformance) ?? PerformanceLimit.None;

    /// <summary>Refuses a size that the type does not have.</summary>
    /// <exception cref="DomainException">The size is too small, too large, or no multiple of the step.</exception>
    public static void CheckSize(string typeName, long sizeGiB)
    {
        if (Find(typeName) is not { } rule)
            return;
        if (sizeGiB < rule.GiBMin || sizeGiB > rule.GiBMax || sizeGiB % rule.StepGiB != 0)
        {
            throw RequestRules.BadValue("DiskSize", string.Create(CultureInfo.InvariantCulture,
                $"{rule.GiBMin} to {rule.GiBMax} GiB for {typeName}, in steps of {rule.StepGiB}"), sizeGiB);
        }
    }

    /// <summary>Refuses extra throughput, or burst, that a disk of this type and size does not have.</summary>
    /// <exception cref="DomainException">The type takes none, or less, or the disk is too small.</exception>
    public static void CheckExtra(string typeName, long sizeGiB, long extraMiB, bool hasBurst)
    {
        if (extraMiB == 0 && !hasBurst)
            return;
        var mostMiB = Find(typeName)?.ExtraMiBMax ?? 0;
        if (mostMiB > 0 && extraMiB <= mostMiB && sizeGiB > DiskTypeRule.ExtraAboveGiB)
            return;
        var types = All.Where(rule => rule.ExtraMiBMax > 0).Select(rule => string.Create(
            CultureInfo.InvariantCulture, $"{rule.Name} (up to {rule.ExtraMiBMax} MiB/s)"));
        throw new DomainException(ErrorCode.DiskConfigNotSupported, string.Create(CultureInfo.InvariantCulture,
            $"Extra performance of {extraMiB} MiB/s was asked for a {typeName} disk of {sizeGiB} GiB; it is for ") +
            string.Create(CultureInfo.InvariantCulture,
                $"{string.Join(" and ", types)} above {DiskTypeRule.ExtraAboveGiB} GiB."));
    }
}
