using Tidemark.Bench.Figures;
using Tidemark.Bench.Results;
using Tidemark.Bench.Tools;

namespace Tidemark.Bench.Tests;

/// <summary>Results that nobody measured.</summary>
internal static class Samples
{
    /// <summary>Rounds of two servers, "a" and "b", with these IOPS.</summary>
    public static Rounds Rounds(string setting, string work, params (double A, double B)[] iops) =>
        Rounds(setting, work, ["a", "b"], iops);

    /// <summary>Rounds of two named servers.</summary>
    public static Rounds Rounds(string setting, string work, string[] servers, params (double A, double B)[] iops) =>
        new(setting, work, [.. iops.Select(pair => new Round(new Noise(10, 1), new Dictionary<string, Measurement>
        {
            [servers[0]] = Measurement(pair.A),
            [servers[1]] = Measurement(pair.B),
        }))], 0);

    /// <summary>A section's result.</summary>
    public static SectionResult Section(
        string name, IReadOnlyList<Rounds>? rounds = null, params IReadOnlyList<Figure> figures) => new()
        {
            Section = name,
            Date = "2026-01-02 03:04",
            Machine = new Machine("6.1", "2 × Some CPU", "8.0 GiB", "ext4 rw", ["fio-3.33"]),
            Rounds = rounds ?? [],
            Figures = figures,
        };

    private static Measurement Measurement(double iops) => new(iops, iops / 256, 10, new Latency(1, 2, 3, 4));
}
