using Tidemark.Bench.Servers;

namespace Tidemark.Bench.Sections;

/// <summary>Waits until a server has nothing left to do.</summary>
internal static class Quiet
{
    private const double BusyShareMax = 0.05;
    private const int TicksMax = 60;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(500);

    /// <summary>Returns after a tick in which it hardly used a processor, or after half a minute.</summary>
    public static async Task WaitAsync(ServerProcess process)
    {
        for (var tick = 0; tick < TicksMax; tick++)
        {
            var before = process.CpuSeconds;
            await Task.Delay(Tick);
            if (process.CpuSeconds - before <= BusyShareMax * Tick.TotalSeconds)
                return;
        }
    }
}
