using System.Diagnostics;
using System.Globalization;
using Tidemark.Engine.Reclaim;

namespace Tidemark.Simulation.Histories;

public sealed class HistoryTests
{
    // Seeds of histories that once failed; they stay.
    public static TheoryData<int> PastFailures => [1, 2, 3];

    // As it comes, but for thresholds that a short history can reach.
    private static CompactionPolicy Rare => new() { ThinBytesMin = 0, SmallCountMin = 3, FreeBytesMin = 0 };

    [Theory]
    [MemberData(nameof(PastFailures))]
    public void Histories_that_once_failed_hold(int seed) => new History(seed, new HistoryOptions()).Run(400);

    [Fact]
    public void Random_histories_equal_their_model()
    {
        var seed = FirstSeed();
        var count = Budget("TIDEMARK_HISTORIES", 1500);
        var compactedBytes = 0L;
        for (var i = 0; i < count; i++)
        {
            var options = new HistoryOptions { MapBudgetBytes = i % 3 == 0 ? 64 << 20 : 1 };
            var history = new History(seed + i, i % 5 == 4 ? options with { Compaction = Rare } : options);
            history.Run(50 + (i % 7 * 60));
            compactedBytes += history.CompactedBytes;
        }

        Assert.True(compactedBytes > count * 4096L, $"Only {compactedBytes} bytes were compacted, seed {seed}.");
    }

    [Fact]
    public void A_planted_fault_is_found()
    {
        var failure = Assert.Throws<InvalidOperationException>(() =>
        {
            for (var seed = 0; seed < 50; seed++)
            {
                new History(seed, new HistoryOptions { HasCanary = true }).Run(300);
            }
        });

        Assert.Contains("Seed", failure.Message, StringComparison.Ordinal);
    }

    // The commit's hash, so that every commit is tried with histories of its own; the seed of a failure is in its
    // message.
    internal static int FirstSeed()
    {
        var text = Environment.GetEnvironmentVariable("TIDEMARK_SEED");
        return string.IsNullOrEmpty(text)
            ? 20_000
            : int.Parse(text.PadRight(7, '0').AsSpan(0, 7), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }

    internal static int Budget(string name, int usual)
    {
        var text = Environment.GetEnvironmentVariable(name);
        Debug.Assert(usual > 0, "A budget of nothing proves nothing.");
        return string.IsNullOrEmpty(text) ? usual : int.Parse(text, CultureInfo.InvariantCulture);
    }
}
