using Tidemark.Engine.Catalog;
using Tidemark.Engine.Format;
using Tidemark.Engine.Stores;

namespace Tidemark.Engine.Tests;

/// <summary>What the engine says of itself, against what was done to it.</summary>
public sealed class FiguresTests : IDisposable
{
    private const int MiB = 1 << 20;

    private readonly SimulatedStore _store = new(new SimulatedStoreOptions { CapacityBytes = 1L << 40 });
    private readonly List<EngineWork> _work = [];
    private readonly StorageEngine _engine;

    public FiguresTests() => _engine = StorageEngine.Open(
        _store, new MemoryCatalog(Guid.Parse("5b1c9a50-53aa-4d1f-8f55-0c7d1c0f6a10")),
        new EngineOptions { MapBudgetBytes = 8 * MiB, OnWork = _work.Add });

    public void Dispose()
    {
        _engine.Dispose();
        _store.Dispose();
    }

    [Fact]
    public void Bytes_are_unsynced_until_a_flush()
    {
        var disk = _engine.CreateDisk("disk-a", 1L << 30, null);
        Write(disk, 0, 2 * MiB);
        var before = DiskNow("disk-a");

        Assert.Equal(IoResult.Done, disk.Flush());

        var after = DiskNow("disk-a");
        Assert.InRange(before.UnsyncedBytes, 2 * MiB, (2 * MiB) + (8 * Blocks.SizeBytes));
        Assert.Equal(0, after.UnsyncedBytes);
        Assert.Equal(before.SegmentBytes, after.SegmentBytes);
        Assert.InRange(after.SegmentBytes, 2 * MiB, (2 * MiB) + (8 * Blocks.SizeBytes));
    }

    [Fact]
    public void Layers_are_counted_along_the_disk_and_wait_to_be_folded_when_their_name_goes()
    {
        var disk = _engine.CreateDisk("disk-a", 1L << 30, null);
        var layers = new List<long>();
        for (var i = 0; i < 3; i++)
        {
            Write(disk, 0, MiB);
            layers.AddRange(_engine.Cut(["disk-a"]));
        }

        _engine.DropNames([layers[1]]);
        var waiting = Now();
        Drain();
        var drained = Now();

        Assert.Equal((4, 1), (waiting.Disks[0].LayerCount, waiting.FoldCount));
        Assert.Equal((3, 0, 3), (drained.Disks[0].LayerCount, drained.FoldCount, drained.LayerCount));
        Assert.Equal((0, 0L), (drained.UnpublishedCount, drained.PendingBytes));
        Assert.True(waiting.UnpublishedCount > 0, "Nothing was published before the first step.");
    }

    [Fact]
    public void Dead_bytes_belong_to_the_disk_that_wrote_them()
    {
        var disk = _engine.CreateDisk("disk-a", 1L << 30, null);
        _engine.CreateDisk("disk-b", 1L << 30, null);
        Write(disk, 0, MiB);
        Write(disk, 0, MiB);
        Assert.Equal(IoResult.Done, disk.Flush());
        _engine.Cut(["disk-a"]);
        Assert.True(_engine.Step(MiB, isIdle: false));

        // Hidden by the segment itself, and waiting for the reads that began before.
        var figures = Now();
        Drain();

        Assert.True(figures.PendingBytes >= MiB, $"{figures.PendingBytes} bytes wait.");
        Assert.Equal(0, figures.Disks[1].DeadBytes);
        Assert.Equal((0L, 0L, 0), (Now().PendingBytes, DiskNow("disk-a").DeadBytes, Now().RemovalCount));
    }

    [Fact]
    public void The_store_and_the_map_show_what_they_have_and_may_have()
    {
        Write(_engine.CreateDisk("disk-a", 1L << 30, null), 0, MiB);

        var figures = Now();

        Assert.Equal(1L << 40, figures.CapacityBytes);
        Assert.InRange(figures.FreeBytes, 1L << 39, (1L << 40) - MiB);
        Assert.InRange(figures.MapBytes, 1, figures.MapBudgetBytes);
        Assert.Equal(8 * MiB, figures.MapBudgetBytes);
    }

    [Fact]
    public void A_faulted_disk_is_named_until_it_is_opened_anew()
    {
        var disk = _engine.CreateDisk("disk-a", 1L << 30, null);
        Write(disk, 0, MiB);
        _store.Fail(SimulatedOperation.Sync, 1, StoreFault.Io);
        Assert.Equal(IoResult.Failed, disk.Flush());

        Assert.Equal(["disk-a"], _engine.FaultedDiskIds);
        Assert.True(DiskNow("disk-a").IsFaulted);
        _engine.CloseDisk("disk-a");
        Assert.Empty(_engine.FaultedDiskIds);
        Assert.False(DiskNow("disk-a").IsOpen);
    }

    [Fact]
    public void Work_is_told_piece_by_piece_and_no_two_overlap()
    {
        var disk = _engine.CreateDisk("disk-a", 1L << 30, null);
        Write(disk, 0, MiB);
        var first = _engine.Cut(["disk-a"])[0];
        Write(disk, 0, MiB);
        _engine.Cut(["disk-a"]);
        _engine.DropNames([first]);

        Drain();

        var ended = _work.Where(work => work.HasEnded).Select(work => work.Kind).ToHashSet();
        Assert.All(
            [EngineWorkKind.Publish, EngineWorkKind.Fold, EngineWorkKind.Merge, EngineWorkKind.Reclaim],
            (EngineWorkKind kind) => Assert.Contains(kind, ended));
        Assert.All(Enumerable.Range(1, _work.Count - 1).Where(i => _work[i].HasEnded), i =>
            Assert.Equal((_work[i].Kind, false), (_work[i - 1].Kind, _work[i - 1].HasEnded)));
        var reclaimedBytes = _work.Where(work => work.Kind == EngineWorkKind.Reclaim).Sum(work => work.Bytes);
        Assert.True(reclaimedBytes >= MiB, $"{reclaimedBytes} bytes were given back.");
        Assert.True(_work.Where(work => work.Kind == EngineWorkKind.Merge).Sum(work => work.Bytes) > 0, "Merges read.");
    }

    [Fact]
    public void The_store_tells_how_long_each_sync_took()
    {
        var folder = Directory.CreateTempSubdirectory("tidemark-figures-");
        var syncs = new List<(TimeSpan Elapsed, bool IsDone)>();
        using (var store = new DirectoryStore(folder.FullName, new()
        {
            ReserveSizeBytes = 0,
            OnSynced = (elapsed, isDone) => syncs.Add((elapsed, isDone)),
        }))
        {
            using var file = store.Create(StoreArea.Segments, 1);
            file.Write(0, new byte[4096], []);
            file.Sync();
            Assert.True(store.CapacityBytes >= store.FreeBytes, "What is free is part of the whole.");
        }

        folder.Delete(recursive: true);
        var sync = Assert.Single(syncs);
        Assert.True(sync.IsDone);
        Assert.True(sync.Elapsed >= TimeSpan.Zero);
    }

    private static void Write(EngineDisk disk, long offset, int lengthBytes) => Assert.Equal(
        IoResult.Done, disk.Write([new WritePiece(offset, 0, lengthBytes)], new byte[lengthBytes]));

    private EngineFigures Now() =>
        _engine.TryCollectFigures() ?? throw new InvalidOperationException("No step is running.");

    private DiskFigures DiskNow(string diskId) => Now().Disks.Single(disk => disk.DiskId == diskId);

    private void Drain()
    {
        for (var step = 0; step < 1000 && _engine.Step(long.MaxValue, isIdle: true); step++)
        {
        }
    }
}
