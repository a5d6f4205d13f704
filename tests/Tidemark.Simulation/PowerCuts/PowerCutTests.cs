using Tidemark.Simulation.Histories;

namespace Tidemark.Simulation.PowerCuts;

public sealed class PowerCutTests
{
    [Fact]
    public void What_a_power_cut_leaves_of_a_real_directory_is_a_promised_state()
    {
        var seed = HistoryTests.FirstSeed();
        var images = HistoryTests.Budget("TIDEMARK_IMAGES", 2000);
        const int ImagesPerRun = 100;
        for (var run = 0; run < images / ImagesPerRun; run++)
        {
            using var recorded = new RecordedRun(seed + run, 60);
            var random = new Random(seed + run);
            for (var image = 0; image < ImagesPerRun; image++)
            {
                recorded.CompareImage(random.Next(recorded.CallCount + 1), random.Next());
            }
        }
    }
}
