namespace Tidemark.Bench.Sections;

/// <summary>The share of dead bytes that has come back, over time.</summary>
/// <param name="deadGiB">How many there were.</param>
/// <param name="enoughShare">The share that is enough.</param>
internal sealed class SpaceCurve(double deadGiB, double enoughShare)
{
    private readonly List<double> _seconds = [];
    private readonly List<double> _shares = [];
    private double _cpuSeconds;

    /// <summary>When it was looked at.</summary>
    public IReadOnlyList<double> Seconds => _seconds;

    /// <summary>What share was back then.</summary>
    public IReadOnlyList<double> Shares => _shares;

    /// <summary>The share that is back.</summary>
    public double Share => _shares.Count == 0 ? 0 : _shares[^1];

    /// <summary>True when enough is back.</summary>
    public bool IsEnough => Share >= enoughShare;

    /// <summary>Seconds until enough was back, for each GiB; not a number when it never was.</summary>
    public double SecondsPerGiB => IsEnough && deadGiB > 0 ? _seconds[^1] / deadGiB : double.NaN;

    /// <summary>Processors that were busy with it on average.</summary>
    public double Cores => _seconds.Count == 0 ? 0 : _cpuSeconds / _seconds[^1];

    /// <summary>Adds a look.</summary>
    public void Add(double seconds, double share, double cpuSeconds)
    {
        _seconds.Add(seconds);
        _shares.Add(share);
        _cpuSeconds = cpuSeconds;
    }
}
