using System.Diagnostics;

namespace Tidemark.EndToEnd.Support;

/// <summary>Waits for what the server does in the background.</summary>
public static class Polling
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Asks until the answer is true; fails with what was last seen when that takes too long.</summary>
    public static async Task Until(Func<Task<bool>> isSo, Func<string> seen, int secondsMax = 60)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await isSo())
        {
            var waited = Stopwatch.GetElapsedTime(started);
            Assert.True(waited < TimeSpan.FromSeconds(secondsMax), $"Not so after {secondsMax} s: {seen()}");
            await Task.Delay(Pause);
        }
    }
}
