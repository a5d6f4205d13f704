using Tidemark.Engine.Format;
using Tidemark.Engine.Reclaim;
using Tidemark.Engine.Stores;

namespace Tidemark.Engine.Tests.Reclaim;

public sealed class CompactionTests
{
    private static CompactionPolicy Never => CompactionBench.Eager with { LivePercentMin = 0 };

    [Fact]
    public void A_thin_segment_is_rewritten_without_what_is_dead()
    {
        using var bench = new CompactionBench(CompactionBench.Eager);
        bench.WriteSegment(0, 250, 1);
        bench.WriteSegment(10, 240, 2);
        bench.Drain();

        Assert.True(bench.Engine.CompactedBytes > 0);
        Assert.True(LargestBytes(bench) < 300 * Blocks.SizeBytes);
        bench.RequireSound();
    }

    [Fact]
    public void Small_segments_of_many_deleted_snapshots_are_merged_into_few()
    {
        using var bench = new CompactionBench(CompactionBench.Eager);
        for (var i = 0; i < 300; i++)
        {
            bench.WriteSegment(i * 700L, 1 + (i % 3), (byte)(1 + (i % 250)));
            bench.Engine.Step(1 << 20, isIdle: false);
        }

        bench.Drain();

        Assert.InRange(bench.SegmentCount, 1, 18);
        bench.RequireSound();
    }

    [Fact]
    public void The_index_of_a_layer_whose_segments_all_move_is_in_their_footers()
    {
        using var bench = new CompactionBench(CompactionBench.Eager);
        for (var i = 0; i < 4; i++)
        {
            bench.WriteSegment(i * 9L, 2, (byte)(i + 1));
        }

        bench.Drain();

        Assert.Equal(1, bench.SegmentCount);
        Assert.Empty(bench.Store.List(StoreArea.Index));
        bench.RequireSound();
    }

    [Fact]
    public void Snapshots_read_the_same_before_and_after()
    {
        using var bench = new CompactionBench(CompactionBench.Eager);
        bench.WriteSegment(0, 250, 1);
        bench.WriteSegment(5, 240, 2);
        var snapshot = bench.Engine.Cut(["disk-a"])[0];
        using var view = bench.Engine.OpenView(snapshot);
        var before = new byte[256 * Blocks.SizeBytes];
        Assert.Equal(IoResult.Done, view.Read(0, before));
        bench.Write(0, 250, 3);
        bench.Drain();

        Assert.True(bench.Engine.CompactedBytes > 0);
        var after = new byte[before.Length];
        Assert.Equal(IoResult.Done, view.Read(0, after));
        Assert.Equal(before, after);
        bench.RequireContent();
    }

    [Fact]
    public void A_reader_that_meets_a_moved_block_looks_it_up_again()
    {
        using var bench = new CompactionBench(CompactionBench.Eager);
        bench.WriteSegment(0, 250, 1);
        bench.WriteSegment(10, 240, 2);
        bench.RequireContent();
        var old = bench.Find(1).SegmentId;
        bench.Drain();

        Assert.DoesNotContain(old, bench.Store.List(StoreArea.Segments));
        var bytes = new byte[Blocks.SizeBytes];
        Assert.Equal(IoResult.Done, bench.Disk.TryReadResident(0, bytes, out var wouldWait));
        Assert.True(wouldWait);
        bench.RequireSound();
        Assert.Equal(IoResult.Done, bench.Disk.TryReadResident(0, bytes, out wouldWait));
        Assert.False(wouldWait);
    }

    [Fact]
    public void A_segment_that_is_really_missing_is_an_error_that_names_it()
    {
        using var bench = new CompactionBench(CompactionBench.Eager);
        bench.WriteSegment(0, 20, 1);
        bench.Drain();
        var segment = bench.Find(1).SegmentId;
        bench.Store.Delete(StoreArea.Segments, segment);
        bench.Crash(CrashKind.ProcessKilled);

        Assert.Equal(IoResult.Failed, bench.Read(0, out _));
        Assert.Contains(bench.Log, text => text.Contains($"{segment:x16}", StringComparison.Ordinal));
    }

    [Fact]
    public void A_segment_with_a_wrong_block_stays_and_others_move()
    {
        using var bench = new CompactionBench(CompactionBench.Eager);
        for (var i = 0; i < 9; i++)
        {
            bench.WriteSegment(i * 9L, 2, (byte)(i + 1));
        }

        var (segment, offset) = bench.Find(3);
        using (var file = bench.Store.Open(StoreArea.Segments, segment, writable: true))
        {
            file.Write(offset, new byte[Blocks.SizeBytes], []);
        }

        bench.Drain();

        Assert.Contains(segment, bench.Store.List(StoreArea.Segments));
        Assert.InRange(bench.SegmentCount, 2, 5);
        Assert.Contains(
            bench.Log, text => text.Contains($"Segment {segment} is not compacted", StringComparison.Ordinal));
        Assert.Single(bench.Engine.Check().Problems);
        Assert.Equal(IoResult.Failed, bench.Read(18, out _));
        bench.Content.Remove(18);
        bench.RequireContent();
    }

    [Fact]
    public void Small_steps_come_to_the_same_end()
    {
        using var bench = new CompactionBench(CompactionBench.Eager);
        for (var i = 0; i < 12; i++)
        {
            bench.WriteSegment(i * 300L, 200, (byte)(i + 1));
        }

        bench.Drain(budgetBytes: 5000);

        Assert.InRange(bench.SegmentCount, 1, 4);
        bench.RequireSound();
    }

    [Fact]
    public void A_compaction_that_a_rollback_overtakes_leaves_nothing_behind()
    {
        using var bench = new CompactionBench(CompactionBench.Eager);
        var snapshot = bench.Engine.Cut(["disk-a"])[0];
        for (var i = 0; i < 4; i++)
        {
            bench.WriteSegment(i * 300L, 200, (byte)(i + 1));
        }

        StepUntilCompacting(bench);
        bench.Engine.Rollback("disk-a", snapshot);
        bench.Content.Clear();
        bench.Drain();

        Assert.Equal(0, bench.SegmentCount);
        bench.RequireSound();
    }

    [Theory]
    [InlineData(CrashKind.ProcessKilled)]
    [InlineData(CrashKind.PowerCut)]
    public void A_crash_before_the_commit_loses_only_the_copies(CrashKind kind)
    {
        using var bench = new CompactionBench(CompactionBench.Eager);
        for (var i = 0; i < 4; i++)
        {
            bench.WriteSegment(i * 300L, 200, (byte)(i + 1));
        }

        Assert.Equal(IoResult.Done, bench.Disk.Flush());
        StepUntilCompacting(bench);
        bench.Catalog.CommitsUntilFailure = 0;
        Assert.Throws<IOException>(() => bench.Drain());
        bench.Crash(kind);
        Assert.Contains(bench.Log, text => text.Contains("moved to the lost folder", StringComparison.Ordinal));
        bench.RequireSound();
        bench.Drain();

        bench.RequireSound();
        Assert.Equal(1, bench.SegmentCount);
    }

    [Fact]
    public void Nothing_is_compacted_when_free_space_is_short()
    {
        var options = new SimulatedStoreOptions { CapacityBytes = 200 << 20 };
        using var bench = new CompactionBench(new CompactionPolicy { ThinBytesMin = 0 }, options);
        for (var i = 0; i < 8; i++)
        {
            bench.WriteSegment(i * 300L, 200, (byte)(i + 1));
        }

        bench.Drain();

        Assert.Equal(0, bench.Engine.CompactedBytes);
        Assert.True(bench.Store.IsReserveHeld);
        bench.RequireSound();
    }

    [Fact]
    public void A_store_that_is_full_in_the_middle_ends_the_compaction_and_keeps_its_reserve()
    {
        using var bench = new CompactionBench(CompactionBench.Eager);
        for (var i = 0; i < 4; i++)
        {
            bench.WriteSegment(i * 300L, 200, (byte)(i + 1));
        }

        StepUntilCompacting(bench);
        bench.Store.Fail(SimulatedOperation.Write, 1, StoreFault.NoSpace);
        bench.Engine.Step(long.MaxValue, isIdle: true);
        bench.Store.ClearFaults();

        Assert.True(bench.Store.IsReserveHeld);
        Assert.Contains(bench.Log, text => text.Contains("was given up", StringComparison.Ordinal));
        Assert.Equal(4, bench.SegmentCount);
        bench.RequireSound();
    }

    [Fact]
    public void Compaction_can_be_turned_off()
    {
        using var bench = new CompactionBench(Never);
        for (var i = 0; i < 20; i++)
        {
            bench.WriteSegment(i * 9L, 2, (byte)(i + 1));
        }

        bench.Drain();

        Assert.Equal(20, bench.SegmentCount);
    }

    // Until a new segment without a header, and so of a compaction that is under way, is there.
    private static void StepUntilCompacting(CompactionBench bench)
    {
        for (var i = 0; i < 10_000; i++)
        {
            if (bench.Store.List(StoreArea.Segments).Any(id => IsUnfinished(bench.Store, id)))
            {
                return;
            }

            bench.Engine.Step(5000, isIdle: true);
        }

        Assert.Fail("No compaction has begun.");
    }

    private static bool IsUnfinished(SimulatedStore store, long segmentId)
    {
        using var file = store.Open(StoreArea.Segments, segmentId, writable: false);
        var block = new byte[Blocks.SizeBytes];
        file.Read(0, block);
        return !block.AsSpan().ContainsAnyExcept((byte)0);
    }

    private static long LargestBytes(CompactionBench bench) => bench.Store.List(StoreArea.Segments).Max(id =>
    {
        using var file = bench.Store.Open(StoreArea.Segments, id, writable: false);
        return file.LengthBytes;
    });
}
