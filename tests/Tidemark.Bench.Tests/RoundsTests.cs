using Tidemark.Bench.Figures;

namespace Tidemark.Bench.Tests;

public sealed class RoundsTests
{
    [Fact]
    public void A_ratio_is_taken_within_each_round_and_not_between_medians()
    {
        // The machine is ten times as fast in the second round; the ratio is 2 in each.
        var rounds = Samples.Rounds("setting", "work", (200, 100), (2000, 1000), (20, 10));

        Assert.Equal(new Spread(2, 2, 2), rounds.Ratio("a", "b", one => one.Iops));
        Assert.Equal(200, rounds.Median("a", one => one.Iops));
    }

    [Fact]
    public void The_spread_of_a_ratio_is_that_of_the_rounds()
    {
        var rounds = Samples.Rounds("setting", "work", (1, 1), (2, 1), (3, 1), (4, 1));

        Assert.Equal(new Spread(1, 2, 3), rounds.Ratio("a", "b", one => one.Iops));
    }

    [Fact]
    public void A_server_that_was_not_there_gives_no_ratio() =>
        Assert.True(double.IsNaN(Samples.Rounds("setting", "work", (1, 1)).Ratio("a", "c", one => one.Iops).Median));

    [Fact]
    public void A_disturbed_round_is_found()
    {
        var rounds = new[] { 10.0, 10.5, 14, 9.8, 13 }.Select(value => new Noise(value, 1)).ToList();

        Assert.Equal(2, Disturbance.Worst(rounds, isSyncing: false));
    }

    [Fact]
    public void Slow_syncs_disturb_only_work_that_syncs()
    {
        var rounds = new[] { 1.0, 1.1, 3, 0.9 }.Select(value => new Noise(10, value)).ToList();

        Assert.Null(Disturbance.Worst(rounds, isSyncing: false));
        Assert.Equal(2, Disturbance.Worst(rounds, isSyncing: true));
    }

    [Fact]
    public void Two_rounds_are_too_few_to_tell_which_is_disturbed() =>
        Assert.Null(Disturbance.Worst([new Noise(1, 1), new Noise(9, 9)], isSyncing: true));
}
