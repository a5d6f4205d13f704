namespace Tidemark.Bench.Figures;

/// <summary>Finds the rounds in which the machine was busy with something else.</summary>
internal static class Disturbance
{
    /// <summary>A probe further than this share from the median of all rounds marks its round.</summary>
    public const double ShareMax = 0.25;

    private const int RoundsMin = 3;

    /// <summary>
    /// The round whose probe lies furthest from the median, when that is too far; null when all are alike, or too few
    /// to tell. The sync probe counts only for work that syncs: on shared storage it is rarely steady.
    /// </summary>
    public static int? Worst(IReadOnlyList<Noise> rounds, bool isSyncing)
    {
        if (rounds.Count < RoundsMin)
            return null;
        var shares = SharesOff(rounds.Select(noise => noise.ComputeMs));
        if (isSyncing)
            shares = [.. shares.Zip(SharesOff(rounds.Select(noise => noise.SyncMs)), Math.Max)];
        var worst = shares.Max();
        return worst > ShareMax ? shares.IndexOf(worst) : null;
    }

    /// <summary>How far each value lies from the median, as a share of it.</summary>
    public static List<double> SharesOff(IEnumerable<double> values)
    {
        var all = values.ToList();
        var median = Quantile.Median(all);
        return [.. all.Select(value => median > 0 ? Math.Abs(value - median) / median : 0)];
    }
}
