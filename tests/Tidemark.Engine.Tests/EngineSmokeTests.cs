using Tidemark.Engine.Catalog;
using Tidemark.Engine.Stores;

namespace Tidemark.Engine.Tests;

public sealed class EngineSmokeTests
{
    private const long GiB = 1L << 30;

    [Fact]
    public void A_disk_reads_what_was_written_through_cut_rollback_clone_and_reopen()
    {
        using var store = new SimulatedStore();
        var catalog = new MemoryCatalog(Guid.Parse("7f0b1c52-3b0e-4a3e-9d51-0c1a3f5a7e01"));
        long first;
        using (var engine = StorageEngine.Open(store, catalog, new EngineOptions { MapBudgetBytes = 1 << 20 }))
        {
            var disk = engine.CreateDisk("disk-a", GiB, null);
            Write(disk, 0, 1, 8192);
            first = engine.Cut(["disk-a"])[0];
            Write(disk, 4096, 2, 4096);
            Write(disk, 512, 3, 512);

            Assert.Equal(1, Read(disk, 0, 4096)[0]);
            Assert.Equal(3, Read(disk, 0, 4096)[512]);
            Assert.Equal(2, Read(disk, 4096, 4096)[0]);
            using (var view = engine.OpenView(first))
            {
                Assert.All(Read(view, 0, 8192), value => Assert.Equal(1, value));
            }

            var clone = engine.CreateDisk("disk-b", GiB, first);
            Assert.Equal(1, Read(clone, 4096, 4096)[0]);
            engine.Rollback("disk-a", first);
            Assert.All(Read(disk, 0, 8192), value => Assert.Equal(1, value));
            Write(disk, 0, 9, 4096);
            Write(clone, 0, 8, 4096);
        }

        using (var engine = StorageEngine.Open(store, catalog, new EngineOptions()))
        {
            Assert.Equal(9, Read(engine.OpenDisk("disk-a"), 0, 4096)[0]);
            Assert.Equal(8, Read(engine.OpenDisk("disk-b"), 0, 4096)[0]);
            engine.DropNames([first]);
            engine.DropDisk("disk-b");
            Drain(engine);

            Assert.Equal(1, Read(engine.OpenDisk("disk-a"), 4096, 4096)[0]);
            Assert.Empty(engine.Check().Problems);
            Assert.Equal(2, engine.Check().BlocksVerified);
        }
    }

    [Fact]
    public void A_disk_that_is_reset_reads_as_zeros_and_can_go_back_to_its_snapshots()
    {
        using var store = new SimulatedStore();
        var catalog = new MemoryCatalog(Guid.Parse("7f0b1c52-3b0e-4a3e-9d51-0c1a3f5a7e02"));
        long kept;
        using (var engine = StorageEngine.Open(store, catalog, new EngineOptions { MapBudgetBytes = 1 << 20 }))
        {
            var disk = engine.CreateDisk("disk-a", GiB, null);
            Write(disk, 0, 1, 8192);
            kept = engine.Cut(["disk-a"])[0];
            Write(disk, 4096, 2, 4096);

            engine.Reset("disk-a");

            Assert.All(Read(disk, 0, 8192), value => Assert.Equal(0, value));
            Write(disk, 8192, 3, 4096);
            Assert.Throws<EngineException>(() => engine.Changed(kept, disk, 0).ToList());
            Drain(engine);
        }

        using (var engine = StorageEngine.Open(store, catalog, new EngineOptions()))
        {
            var disk = engine.OpenDisk("disk-a");
            Assert.Equal(0, Read(disk, 0, 4096)[0]);
            Assert.Equal(3, Read(disk, 8192, 4096)[0]);
            var second = engine.Cut(["disk-a"])[0];

            engine.Rollback("disk-a", kept);
            Assert.All(Read(disk, 0, 8192), value => Assert.Equal(1, value));
            engine.Rollback("disk-a", second);

            Assert.Equal(0, Read(disk, 0, 4096)[0]);
            Assert.Equal(3, Read(disk, 8192, 4096)[0]);
            engine.DropNames([kept]);
            engine.DropNames([second]);
            Drain(engine);
            Assert.Empty(engine.Check().Problems);
            Assert.Equal(1, engine.Check().BlocksVerified);
        }
    }

    private static void Drain(StorageEngine engine)
    {
        for (var i = 0; i < 10_000 && engine.Step(long.MaxValue, isIdle: true); i++)
        {
        }
    }

    private static void Write(EngineDisk disk, long offset, byte value, int length)
    {
        var bytes = new byte[length];
        bytes.AsSpan().Fill(value);
        Assert.Equal(IoResult.Done, disk.Write([new WritePiece(offset, 0, length)], bytes));
    }

    private static byte[] Read(ReadableDisk disk, long offset, int length)
    {
        var bytes = new byte[length];
        Assert.Equal(IoResult.Done, disk.Read(offset, bytes));
        return bytes;
    }
}
