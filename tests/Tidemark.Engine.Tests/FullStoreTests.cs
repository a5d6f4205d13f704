using Tidemark.Engine.Catalog;
using Tidemark.Engine.Stores;

namespace Tidemark.Engine.Tests;

public sealed class FullStoreTests
{
    private const long GiB = 1L << 30;
    private const long CapacityBytes = 8 << 20;

    [Fact]
    public void A_full_store_opens_reads_and_gives_space_back()
    {
        using var store = new SimulatedStore(
            new SimulatedStoreOptions { CapacityBytes = CapacityBytes, ReserveSizeBytes = 2 << 20 });
        var catalog = new MemoryCatalog(Guid.Parse("3d2f7a61-8f43-4d0c-9f0a-2b6f7a0f9c11"));
        var payload = new byte[64 << 10];
        long snapshot;
        using (var engine = StorageEngine.Open(store, catalog, new EngineOptions()))
        {
            var disk = engine.CreateDisk("disk-a", GiB, null);
            payload.AsSpan().Fill(1);
            Assert.Equal(IoResult.Done, disk.Write([new WritePiece(0, 0, payload.Length)], payload));
            snapshot = engine.Cut(["disk-a"])[0];
            Assert.Equal(IoResult.NoSpace, WriteUntilRefused(disk, payload));
        }

        store.Fail(SimulatedOperation.WriteObject, 1, StoreFault.NoSpace);
        using (var engine = StorageEngine.Open(store, catalog, new EngineOptions()))
        {
            var disk = engine.OpenDisk("disk-a");
            Assert.Equal(IoResult.Done, disk.Read(0, payload));
            Assert.All(payload, value => Assert.Equal(1, value));
            engine.DropNames([snapshot]);
            Assert.Equal(IoResult.Done, disk.Trim(0, GiB));
            Assert.Equal(IoResult.Done, disk.Flush());
            engine.Cut(["disk-a"]);
            for (var i = 0; i < 1000 && engine.Step(long.MaxValue, isIdle: true); i++)
            {
            }

            Assert.Equal(IoResult.Done, disk.Write([new WritePiece(0, 0, payload.Length)], payload));
            Assert.Empty(engine.Check().Problems);
        }
    }

    private static IoResult WriteUntilRefused(EngineDisk disk, byte[] payload)
    {
        var result = IoResult.Done;
        for (var i = 1; i < 1000 && result == IoResult.Done; i++)
        {
            result = disk.Write([new WritePiece((long)i * payload.Length, 0, payload.Length)], payload);
        }

        return result;
    }
}
