using Tidemark.Engine.Index;

namespace Tidemark.Engine.Layers;

/// <summary>The runs on the way from one layer to another of its family, by what they tell about changes.</summary>
/// <param name="upRuns">Of the layers above the common one on the way to the second, newest first.</param>
/// <param name="downRuns">Of those on the way down from the first, newest first.</param>
/// <param name="belowRuns">Of the common one and those below it; only looked at where there is a way down.</param>
internal sealed class ChangePath(List<Run> upRuns, List<Run> downRuns, List<Run> belowRuns)
{
    /// <summary>The sweep's cursor over the layers on the way to the second one.</summary>
    public const int Up = 0;

    /// <summary>The sweep's cursor over those on the way down from the first.</summary>
    public const int Down = 1;

    /// <summary>The sweep's cursor over what lies below both.</summary>
    public const int Below = 2;

    /// <summary>Nothing has changed from this block on.</summary>
    public long EndBlock { get; } = Math.Max(EndOf(upRuns), EndOf(downRuns));

    /// <summary>
    /// The three side by side from the window's start, those runs only that touch it: what lies after its end is not
    /// complete.
    /// </summary>
    public ExtentSweep Sweep(in BlockWindows window)
    {
        var up = window.Touching(upRuns);
        var down = window.Touching(downRuns);
        var below = down.Count == 0 ? [] : window.Touching(belowRuns);
        return new ExtentSweep(
        [
            OpenCursor(up, window.FirstBlock),
            OpenCursor(down, window.FirstBlock),
            OpenCursor(below, window.FirstBlock),
        ]);
    }

    // A sealed layer is one run, mostly, and neighbours among snapshots one layer: then there is nothing to merge.
    private static ExtentCursor OpenCursor(List<Run> newestFirst, long startBlock) =>
        newestFirst.Count == 1 ? newestFirst[0].OpenCursor(startBlock) : new LayerCursor(newestFirst, startBlock);

    private static long EndOf(List<Run> runs)
    {
        var end = 0L;
        foreach (var run in runs)
        {
            end = Math.Max(end, run.LastBlock + 1);
        }

        return end;
    }
}
