namespace Tidemark.Disks.Types;

/// <summary>What the cloud offers under one disk type.</summary>
/// <param name="Name">For example <c>CLOUD_SSD</c>.</param>
/// <param name="GiBMin">The smallest disk.</param>
/// <param name="GiBMax">The largest disk.</param>
/// <param name="StepGiB">Sizes are multiples of it.</param>
/// <param name="Performance">How fast; null for a type without a published formula, which is not limited.</param>
public sealed record DiskTypeRule(string Name, long GiBMin, long GiBMax, long StepGiB, PerformanceRule? Performance)
{
    /// <summary>Extra throughput, and burst, are for disks of more than this many GiB.</summary>
    public const long ExtraAboveGiB = 460;

    /// <summary>The extra throughput that the type takes, in MiB a second; 0 when none.</summary>
    public long ExtraMiBMax => Performance?.ExtraMiBMax ?? 0;
}
