using Tidemark.Engine.Catalog;
using Tidemark.Engine.Stores;

namespace Tidemark.Engine.Tests;

public sealed class CutsBesideBackgroundWorkTests
{
    private const long GiB = 1L << 30;
    private const int BlockBytes = 4096;

    [Fact]
    public void A_cut_does_not_wait_for_a_segment_being_listed_and_both_are_there_after_a_restart()
    {
        using var store = new SimulatedStore();
        var rows = new MemoryCatalog(Guid.Parse("0d4e2f10-64a7-4b52-9b5c-6f1b7b0a1001"));
        using var catalog = new HeldCatalog(rows);
        long first, second;
        using (var engine = StorageEngine.Open(store, catalog, new EngineOptions()))
        {
            var disk = engine.CreateDisk("disk-a", GiB, null);
            Write(disk, 0, 1);
            first = engine.Cut(["disk-a"])[0];
            Write(disk, 1, 2);

            second = CutWhileHeld(catalog, engine);

            Write(disk, 2, 3);
            Assert.Equal([1, 2, 3, 0], Content(disk));
        }

        using (var engine = StorageEngine.Open(store, rows, new EngineOptions()))
        {
            Assert.Equal([1, 2, 3, 0], Content(engine.OpenDisk("disk-a")));
            Assert.Equal([1, 0, 0, 0], Content(engine, first));
            Assert.Equal([1, 2, 0, 0], Content(engine, second));
            Assert.Empty(engine.Check().Problems);
        }
    }

    [Fact]
    public void A_cut_does_not_wait_for_a_fold_into_the_layer_that_it_seals()
    {
        using var store = new SimulatedStore();
        var rows = new MemoryCatalog(Guid.Parse("0d4e2f10-64a7-4b52-9b5c-6f1b7b0a1002"));
        using var catalog = new HeldCatalog(rows);
        long second;
        using (var engine = StorageEngine.Open(store, catalog, new EngineOptions()))
        {
            var disk = engine.CreateDisk("disk-a", GiB, null);
            Write(disk, 0, 1);
            var first = engine.Cut(["disk-a"])[0];
            Write(disk, 1, 2);
            Drain(engine);
            engine.DropNames([first]);

            second = CutWhileHeld(catalog, engine);

            Write(disk, 2, 3);
            Assert.Equal([1, 2, 3, 0], Content(disk));
            Assert.Equal([1, 2, 0, 0], Content(engine, second));
        }

        using (var engine = StorageEngine.Open(store, rows, new EngineOptions()))
        {
            Drain(engine);
            Assert.Equal([1, 2, 3, 0], Content(engine.OpenDisk("disk-a")));
            Assert.Equal([1, 2, 0, 0], Content(engine, second));
            Assert.Empty(engine.Check().Problems);
            Assert.Equal(2, rows.LoadLayers().Count);
        }
    }

    // A step runs into its next commit, which is held back; the cut comes and goes meanwhile.
    private static long CutWhileHeld(HeldCatalog catalog, StorageEngine engine)
    {
        Exception? problem = null;
        catalog.HoldNext();
        var step = new Thread(() => problem = Record.Exception(() => engine.Step(long.MaxValue, isIdle: false)));
        step.Start();
        catalog.WaitUntilHeld();
        var layer = engine.Cut(["disk-a"])[0];
        Assert.True(catalog.IsHeld);
        catalog.Release();
        step.Join();
        Assert.Null(problem);
        return layer;
    }

    private static void Drain(StorageEngine engine)
    {
        for (var i = 0; i < 10_000 && engine.Step(long.MaxValue, isIdle: true); i++)
        {
        }
    }

    private static void Write(EngineDisk disk, long block, byte value)
    {
        var bytes = new byte[BlockBytes];
        bytes.AsSpan().Fill(value);
        Assert.Equal(IoResult.Done, disk.Write([new WritePiece(block * BlockBytes, 0, BlockBytes)], bytes));
    }

    private static byte[] Content(StorageEngine engine, long layerId)
    {
        using var view = engine.OpenView(layerId);
        return Content(view);
    }

    private static byte[] Content(ReadableDisk disk)
    {
        var bytes = new byte[4 * BlockBytes];
        Assert.Equal(IoResult.Done, disk.Read(0, bytes));
        return [bytes[0], bytes[BlockBytes], bytes[2 * BlockBytes], bytes[3 * BlockBytes]];
    }
}
