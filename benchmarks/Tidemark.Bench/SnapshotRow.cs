namespace Tidemark.Bench;

/// <summary>How long snapshots took under load.</summary>
/// <param name="Count">How many were taken.</param>
/// <param name="DiskGiB">Size of the disk.</param>
/// <param name="DataMiB">Data on it before the first.</param>
/// <param name="WriteIops">Random writes a second meanwhile.</param>
/// <param name="P50Ms">Half took less.</param>
/// <param name="P99Ms">One in a hundred took more.</param>
/// <param name="FirstQuarterP50Ms">The median of the first quarter.</param>
/// <param name="LastQuarterP50Ms">The median of the last quarter.</param>
/// <param name="ProbeP99Ms">The p99 of a 4 KiB append and fdatasync on the same file system, in the same load.</param>
internal sealed record SnapshotRow(
    int Count,
    int DiskGiB,
    int DataMiB,
    double WriteIops,
    double P50Ms,
    double P99Ms,
    double FirstQuarterP50Ms,
    double LastQuarterP50Ms,
    double ProbeP99Ms)
{
    /// <summary>The bar: 5 ms and three times what the file system needs for a durable append.</summary>
    public double BarP99Ms => 5 + (3 * ProbeP99Ms);
}
