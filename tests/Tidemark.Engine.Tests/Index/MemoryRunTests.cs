using Tidemark.Engine.Index;

namespace Tidemark.Engine.Tests.Index;

public class MemoryRunTests
{
    [Fact]
    public void Collect_and_cursor_give_what_lies_in_the_range()
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var random = new Random(seed);
            var slot = 1;
            var run = new MemoryRun(1, PlainIndex.RandomLog(random, 60, 900, ref slot).Flatten(null));

            RunProperties.Check(run, 900, random, $"seed {seed}");
        }
    }

    [Fact]
    public void An_empty_run_has_no_blocks()
    {
        var run = new MemoryRun(1, new ExtentBuffer());

        Assert.True(run.IsEmpty);
        Assert.False(run.MayTouch(0, long.MaxValue / 2));
        Assert.False(run.OpenCursor(0).MoveNext());
        Assert.Equal((0, -1), (run.FirstBlock, run.LastBlock));
    }
}
