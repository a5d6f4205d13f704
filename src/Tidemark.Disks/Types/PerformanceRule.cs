namespace Tidemark.Disks.Types;

/// <summary>How fast a disk of one type may be: a formula over its size and its extra throughput.</summary>
/// <param name="RequestsBase">Requests a second of any disk.</param>
/// <param name="RequestsPerGiB">Requests a second that each GiB adds.</param>
/// <param name="RequestsMax">Requests a second at most, without extra ones.</param>
/// <param name="MiBBase">MiB a second of any disk.</param>
/// <param name="MiBPerGiB">MiB a second that each GiB adds.</param>
/// <param name="MiBMax">MiB a second at most, without extra ones.</param>
public sealed record PerformanceRule(
    long RequestsBase, long RequestsPerGiB, long RequestsMax, long MiBBase, double MiBPerGiB, long MiBMax)
{
    /// <summary>Requests a second that each MiB of extra throughput adds.</summary>
    public long RequestsPerExtraMiB { get; init; }

    /// <summary>Requests a second that extra throughput may add at most.</summary>
    public long ExtraRequestsMax { get; init; }

    /// <summary>MiB a second that extra throughput may add at most; 0 for types that take none.</summary>
    public long ExtraMiBMax { get; init; }

    /// <summary>The limits of one disk.</summary>
    /// <param name="sizeGiB">Its size.</param>
    /// <param name="extraMiB">Its extra throughput in MiB a second.</param>
    /// <param name="hasBurst">Whether it may save up what it did not use.</param>
    public PerformanceLimit LimitOf(long sizeGiB, long extraMiB, bool hasBurst)
    {
        var requests = Math.Min(RequestsBase + (RequestsPerGiB * sizeGiB), RequestsMax)
            + Math.Min(RequestsPerExtraMiB * extraMiB, ExtraRequestsMax);
        var mib = Math.Min(MiBBase + (MiBPerGiB * sizeGiB), MiBMax) + Math.Min(extraMiB, ExtraMiBMax);
        return new PerformanceLimit(requests, (long)(mib * (1 << 20)), hasBurst);
    }
}
