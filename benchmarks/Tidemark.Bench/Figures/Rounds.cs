namespace Tidemark.Bench.Figures;

/// <summary>All rounds of one workload in one setting.</summary>
/// <param name="Setting">The state of the disk and the way to it.</param>
/// <param name="Work">The workload's name.</param>
/// <param name="Kept">The rounds that count.</param>
/// <param name="RepeatedCount">Rounds that were thrown away because the machine was disturbed.</param>
internal sealed record Rounds(string Setting, string Work, IReadOnlyList<Round> Kept, int RepeatedCount)
{
    /// <summary>The servers that took part, in their order.</summary>
    public IReadOnlyList<string> Servers => Kept.Count == 0 ? [] : [.. Kept[0].ByServer.Keys];

    /// <summary>The median of a server's figure over the rounds.</summary>
    public double Median(string server, Func<Measurement, double> figure) =>
        Quantile.Median(Of(server).Select(figure));

    /// <summary>The spread of the ratio of two servers, each taken within one round.</summary>
    public Spread Ratio(string ours, string theirs, Func<Measurement, double> figure) => Spread.Of(Kept
        .Where(round => round.ByServer.ContainsKey(ours) && round.ByServer.ContainsKey(theirs))
        .Select(round => (Our: figure(round.ByServer[ours]), Their: figure(round.ByServer[theirs])))
        .Where(pair => pair.Their > 0)
        .Select(pair => pair.Our / pair.Their));

    /// <summary>A server's measurements.</summary>
    public IEnumerable<Measurement> Of(string server) =>
        Kept.Where(round => round.ByServer.ContainsKey(server)).Select(round => round.ByServer[server]);
}
