using Tidemark.Nbd;

namespace Tidemark.Disks.Tests;

/// <summary>What block status says about a disk that is being written to.</summary>
public sealed class LiveDiskStatusTests : IDisposable
{
    private const long TiB = 1L << 40;
    private const string Prefix = "qemu:dirty-bitmap:";

    private readonly TestServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public void A_bitmap_has_every_write_that_was_answered()
    {
        var diskId = _server.NewDisk();
        _server.Write(diskId, 0, 1, 65536);
        var snapshot = _server.NewSnapshot(diskId);
        using var export = _server.OpenExport(diskId);
        Assert.True(export.TryResolveContext(Prefix + snapshot));

        Assert.Equal([(1L << 30, 0u)], BlockStatus.Whole(export, Prefix + snapshot, 100));
        for (var index = 0; index < 200; index++)
        {
            _server.Write(diskId, index * 8192, 2);
            var status = BlockStatus.Once(export, Prefix + snapshot, index * 8192, 8192);
            Assert.Equal([(4096, 1u), (4096, 0u)], status);
        }

        Assert.Equal(NbdError.None, export.Trim(4096, 4096));
        Assert.Equal(NbdError.None, export.WriteZeroes(20480, 4096, keepAllocated: false, onlyIfFast: true));
        Assert.Equal([(12288, 1u), (4096, 0u), (12288, 1u), (4096, 0u)],
            BlockStatus.Once(export, Prefix + snapshot, 0, 32768));
        _server.Drain();
        Assert.Equal([(12288, 1u), (4096, 0u), (12288, 1u), (4096, 0u)],
            BlockStatus.Once(export, Prefix + snapshot, 0, 32768));
        Assert.Equal([(12288, 1u)], BlockStatus.Once(export, Prefix + snapshot, 0, 32768, extentsMax: 1));
        Assert.Equal([(3584, 0u), (4096, 1u)],
            BlockStatus.Once(export, Prefix + snapshot, 32768 + 4096 + 512, 8192, extentsMax: 2));
    }

    [Fact]
    public async Task Whoever_was_answered_finds_the_write_whatever_others_do()
    {
        const int writers = 4;
        var diskId = _server.NewDisk();
        var context = Prefix + _server.NewSnapshot(diskId);
        using var export = _server.OpenExport(diskId);
        Assert.True(export.TryResolveContext(context));

        await Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(() =>
        {
            for (var index = 0; index < 300; index++)
            {
                // Blocks of different writers are neighbours, with gaps between those of one round.
                var offset = ((index * (writers + 1)) + writer) * 4096L;
                Assert.Equal(NbdError.None, export.Write([new WriteRequest(offset, 0, 4096)], new byte[4096]));
                Assert.Equal(1u, BlockStatus.Once(export, context, offset, 4096)[0].Flags);
                Assert.Equal(0u, BlockStatus.Once(export, Export.BaseAllocation, offset, 4096, extentsMax: 1)[0].Flags);
            }
        })));

        Assert.Equal(600, BlockStatus.Whole(export, context, 100).Count);
    }

    [Fact]
    public void The_newest_snapshots_are_listed_and_the_one_a_disk_was_made_from()
    {
        var origin = _server.NewDisk();
        var source = _server.NewSnapshot(origin);
        var diskId = _server.Disks.Create(new() { SnapshotId = source, DiskSize = 1 }, TestServer.Caller)[0];
        var snapshots = Enumerable.Range(0, 10).Select(_ => _server.NewSnapshot(diskId)).ToList();
        using var export = _server.OpenExport(diskId);

        var listed = export.MetaContexts;

        Assert.Equal(10, listed.Count);
        Assert.Equal(Export.BaseAllocation, listed[0]);
        Assert.Equal(Prefix + snapshots[9], listed[1]);
        Assert.Equal(Prefix + snapshots[2], listed[8]);
        Assert.Equal(Prefix + source, listed[9]);
        Assert.All(listed, name => Assert.True(export.TryResolveContext(name), name));
        Assert.True(export.TryResolveContext(Prefix + snapshots[0]));
        Assert.False(export.TryResolveContext(Prefix));
        Assert.False(export.TryResolveContext(Prefix + "snap-00000000"));
        Assert.False(export.TryResolveContext(Prefix + _server.NewSnapshot(_server.NewDisk())));
    }

    [Fact]
    public void Names_that_are_tried_find_an_end()
    {
        var diskId = _server.NewDisk();
        var snapshots = Enumerable.Range(0, 40).Select(_ => _server.NewSnapshot(diskId)).ToList();
        using var export = _server.OpenExport(diskId);

        Assert.Equal(32, snapshots.Count(id => export.TryResolveContext(Prefix + id)));
    }

    [Fact]
    public void After_a_rollback_a_bitmap_is_the_union_of_both_branches()
    {
        var diskId = _server.NewDisk();
        _server.Write(diskId, 0, 1, 65536);
        var first = _server.NewSnapshot(diskId);
        _server.Write(diskId, 4096, 2);
        var second = _server.NewSnapshot(diskId);
        _server.Write(diskId, 8192, 3);
        _server.Snapshots.Apply(first, diskId, new(), TestServer.Caller);
        _server.Write(diskId, 16384, 4);
        using var export = _server.OpenExport(diskId);
        Assert.True(export.TryResolveContext(Prefix + first));
        Assert.True(export.TryResolveContext(Prefix + second));

        // What was written after the second snapshot is gone with the rollback.
        Assert.Equal([(16384, 0u), (4096, 1u), (45056, 0u)], BlockStatus.Once(export, Prefix + first, 0, 65536));
        Assert.Equal([(4096, 0u), (4096, 1u), (8192, 0u), (4096, 1u), (45056, 0u)],
            BlockStatus.Once(export, Prefix + second, 0, 65536));
    }

    [Fact]
    public void A_rollback_under_a_client_shows_at_once()
    {
        var diskId = _server.NewDisk();
        _server.Write(diskId, 0, 1, 65536);
        var first = _server.NewSnapshot(diskId);
        _server.Write(diskId, 4096, 2);
        using var export = _server.OpenExport(diskId);
        Assert.True(export.TryResolveContext(Prefix + first));
        Assert.Equal([(4096, 0u), (4096, 1u)], BlockStatus.Once(export, Prefix + first, 0, 65536, extentsMax: 2));

        _server.Engine.Rollback(diskId, Layer(first));

        Assert.Equal([(65536, 0u)], BlockStatus.Once(export, Prefix + first, 0, 65536, extentsMax: 2));
    }

    [Fact]
    public void Snapshots_taken_and_deleted_meanwhile_change_nothing()
    {
        var diskId = _server.NewDisk();
        _server.Write(diskId, 0, 1, 65536);
        var first = _server.NewSnapshot(diskId);
        using var export = _server.OpenExport(diskId);
        Assert.True(export.TryResolveContext(Prefix + first));
        var expected = new List<(long, uint)>();
        for (var index = 0; index < 8; index++)
        {
            _server.Write(diskId, index * 8192, 2);
            var between = _server.NewSnapshot(diskId);
            expected.AddRange([(4096, 1u), (4096, 0u)]);
            if (index % 2 == 0)
                _server.Snapshots.Delete([between], TestServer.Caller);
            if (index == 5)
                _server.Snapshots.Delete([first], TestServer.Caller);
            _server.Drain();
            Assert.Equal(expected, BlockStatus.Once(export, Prefix + first, 0, (index + 1) * 8192));
        }
    }

    [Fact]
    public void A_clone_tells_what_it_changed_since_its_source()
    {
        var origin = _server.NewDisk();
        _server.Write(origin, 0, 1, 65536);
        var source = _server.NewSnapshot(origin);
        _server.Write(origin, 4096, 2);
        var later = _server.NewSnapshot(origin);
        var clone = _server.Disks.Create(new() { SnapshotId = source, DiskSize = 1 }, TestServer.Caller)[0];
        _server.Write(clone, 12288, 3);
        using var export = _server.OpenExport(clone);

        Assert.True(export.TryResolveContext(Prefix + source));
        Assert.True(export.TryResolveContext(Prefix + later));

        Assert.Equal([(12288, 0u), (4096, 1u), (4096, 0u)], BlockStatus.Once(export, Prefix + source, 0, 20480));
        Assert.Equal([(4096, 0u), (4096, 1u), (4096, 0u), (4096, 1u), (4096, 0u)],
            BlockStatus.Once(export, Prefix + later, 0, 20480));
    }

    [Fact]
    public void The_map_of_16_TiB_under_many_layers_is_the_same_in_pages_of_any_length()
    {
        var diskId = _server.NewDisk(sizeGiB: 16 * 1024);
        var random = new Random(20261122);
        var written = new SortedSet<long>();
        var sinceFirst = new SortedSet<long>();
        string? first = null;
        for (var layer = 0; layer < 40; layer++)
        {
            for (var index = 0; index < 5; index++)
            {
                var block = random.NextInt64(16 * TiB / 4096);
                _server.Write(diskId, block * 4096, 1);
                written.Add(block);
                if (first is not null)
                    sinceFirst.Add(block);
            }

            var snapshot = _server.NewSnapshot(diskId);
            first ??= snapshot;
        }

        using var export = _server.OpenExport(diskId);
        Assert.True(export.TryResolveContext(Prefix + first));
        foreach (var extentsMax in new[] { 1, 7, 1000 })
        {
            Assert.Equal(written, Blocks(BlockStatus.Whole(export, Export.BaseAllocation, extentsMax), flags: 0));
            Assert.Equal(sinceFirst, Blocks(BlockStatus.Whole(export, Prefix + first, extentsMax), flags: 1));
        }
    }

    [Fact]
    public void A_faulted_disk_tells_nothing()
    {
        var diskId = _server.NewDisk();
        using var export = _server.OpenExport(diskId);
        _server.Write(diskId, 0, 1);
        _server.SimulatedStore.Fail(
            Engine.Stores.SimulatedOperation.Sync, 1, Engine.Stores.StoreFault.Io);
        Assert.Equal(NbdError.Io, export.Flush());

        Assert.Equal(NbdError.Io, export.BlockStatus(Export.BaseAllocation, 0, 4096, 1, []));
    }

    private long Layer(string snapshotId) =>
        _server.Snapshots.List(new() { Ids = [snapshotId] }).Items[0].LayerId;

    private static SortedSet<long> Blocks(List<(long LengthBytes, uint Flags)> status, uint flags)
    {
        var blocks = new SortedSet<long>();
        var offset = 0L;
        foreach (var extent in status)
        {
            for (var at = offset; extent.Flags == flags && at < offset + extent.LengthBytes; at += 4096)
                blocks.Add(at / 4096);
            offset += extent.LengthBytes;
        }

        return blocks;
    }
}
