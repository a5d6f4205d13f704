using System.Diagnostics;

namespace Tidemark.Bench.Sections;

/// <summary>Times calls.</summary>
internal static class Timing
{
    /// <summary>How long a call took, in milliseconds.</summary>
    public static async Task<double> MsAsync(Func<Task> call)
    {
        var started = Stopwatch.GetTimestamp();
        await call();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }
}
