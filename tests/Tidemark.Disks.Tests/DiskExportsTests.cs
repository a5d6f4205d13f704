using Tidemark.Engine.Stores;
using Tidemark.Nbd;

namespace Tidemark.Disks.Tests;

public sealed class DiskExportsTests : IDisposable
{
    private readonly TestServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public void A_disk_is_found_by_id_and_by_name()
    {
        var diskId = _server.NewDisk("pg");
        _server.NewDisk("other");

        using var byId = _server.OpenExport(diskId);
        using var byName = _server.OpenExport("pg");

        Assert.Equal(diskId, byId.Name);
        Assert.Equal(diskId, byName.Name);
        Assert.False(byName.IsReadOnly);
        Assert.Equal(2, _server.Domain.Clients.Count(diskId));
    }

    [Fact]
    public void The_empty_name_serves_the_only_disk()
    {
        Assert.Contains("no disk", Refuse("").Message, StringComparison.Ordinal);
        var diskId = _server.NewDisk();
        using (var export = _server.OpenExport(""))
            Assert.Equal(diskId, export.Name);

        _server.NewDisk();

        Assert.Contains("several", Refuse("").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_ambiguous_name_lists_the_ids()
    {
        var first = _server.NewDisk("pg");
        var second = _server.NewDisk("pg");

        var refusal = Refuse("pg");

        Assert.Equal(NbdRefusalKind.Unknown, refusal.Kind);
        Assert.Contains(first, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(second, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_snapshot_is_found_by_id_and_by_disk_and_name()
    {
        var diskId = _server.NewDisk("pg");
        _server.Write(diskId, 0, 6);
        var snapshotId = _server.NewSnapshot(diskId, "before");
        _server.Write(diskId, 0, 7);

        foreach (var name in new[] { snapshotId, "pg@before", $"{diskId}@{snapshotId}", $"pg@{snapshotId}" })
        {
            using var export = _server.OpenExport(name);
            Assert.Equal(snapshotId, export.Name);
            Assert.True(export.IsReadOnly);
            Assert.Equal(6, ReadByte(export, 0));
            Assert.Equal(NbdError.Perm, export.Trim(0, 4096));
            Assert.Equal(NbdError.None, export.Flush());
        }

        Refuse("pg@after");
        Refuse("@before");
        Refuse("none");
        _server.Disks.Terminate([diskId], false, false, TestServer.Caller);
        _server.OpenExport($"{diskId}@before").Dispose();
    }

    [Fact]
    public void A_snapshot_that_is_being_read_may_be_deleted()
    {
        var diskId = _server.NewDisk();
        _server.Write(diskId, 0, 6);
        var snapshotId = _server.NewSnapshot(diskId);
        using var export = _server.OpenExport(snapshotId);
        _server.Write(diskId, 0, 7);

        _server.Snapshots.Delete([snapshotId], TestServer.Caller);
        _server.Drain();

        Assert.Equal(6, ReadByte(export, 0));
        Refuse(snapshotId);
    }

    [Fact]
    public void Names_of_disks_win_over_the_reading_as_disk_and_snapshot()
    {
        var plain = _server.NewDisk("a");
        _server.NewSnapshot(plain, "b");
        var odd = _server.NewDisk("a@b");

        using var export = _server.OpenExport("a@b");

        Assert.Equal(odd, export.Name);
    }

    [Fact]
    public void The_list_has_disks_only_and_is_bounded()
    {
        var b = _server.NewDisk("b");
        var a = _server.NewDisk("a", 3);
        _server.NewSnapshot(a);

        var all = _server.Exports.List(TestServer.Client, 100);
        var one = _server.Exports.List(TestServer.Client, 1);

        Assert.Equal([a, b], all.Select(listing => listing.Name));
        Assert.Equal("a, 3 GiB", all[0].Description);
        Assert.Single(one);
    }

    [Fact]
    public void Writes_of_any_batch_size_arrive_in_order()
    {
        using var export = _server.OpenExport(_server.NewDisk());
        var batch = new WriteRequest[100];
        var payload = new byte[100 * 512];
        for (var index = 0; index < batch.Length; index++)
        {
            // Pairs go to the same place, the later one must win.
            batch[index] = new WriteRequest(index / 2 * 4096, index * 512, 512);
            payload.AsSpan(index * 512, 512).Fill((byte)(index + 1));
        }

        Assert.Equal(NbdError.None, export.Write(batch, payload));

        for (var pair = 0; pair < 50; pair++)
            Assert.Equal((pair * 2) + 2, ReadByte(export, pair * 4096));
    }

    [Fact]
    public void Zeroes_and_trims_read_as_zeros()
    {
        var diskId = _server.NewDisk();
        _server.Write(diskId, 0, 9, 16384);
        using var export = _server.OpenExport(diskId);

        Assert.Equal(NbdError.None, export.WriteZeroes(512, 512, keepAllocated: false, onlyIfFast: false));
        Assert.Equal(NbdError.None, export.Trim(8192, 4096));

        Assert.Equal(9, ReadByte(export, 0));
        Assert.Equal(0, ReadByte(export, 512));
        Assert.Equal(9, ReadByte(export, 4096));
        Assert.Equal(0, ReadByte(export, 8192));
        Assert.Equal(NbdError.NoSpace, export.Write([new WriteRequest(1L << 30, 0, 512)], new byte[512]));
    }

    [Fact]
    public void Allocation_tells_data_from_holes()
    {
        var diskId = _server.NewDisk();
        _server.Write(diskId, 8192, 1, 8192);
        using var export = _server.OpenExport(diskId);

        Assert.Equal(["base:allocation"], export.MetaContexts);
        Assert.Equal([(8192, 3u), (8192, 0u), (49152, 3u)], Status(export, Export.BaseAllocation, 0, 65536));
        Assert.Equal([(512, 3u), (8192, 0u)], Status(export, Export.BaseAllocation, 8192 - 512, 8192 + 512));
        Assert.Single(Status(export, Export.BaseAllocation, 0, 65536, extentsMax: 1));
        Assert.False(export.TryResolveContext("qemu:dirty-bitmap:snap-aaaaaaaa"));
    }

    [Fact]
    public void A_dirty_bitmap_is_exact_to_the_block()
    {
        var diskId = _server.NewDisk();
        _server.Write(diskId, 0, 1, 1 << 20);
        var first = _server.NewSnapshot(diskId);
        _server.Write(diskId, 65536, 2, 65536);
        _server.Write(diskId, 4096, 2);
        var second = _server.NewSnapshot(diskId);
        _server.Write(diskId, 1 << 20, 3);
        var third = _server.NewSnapshot(diskId);
        using var export = _server.OpenExport(third);
        using var older = _server.OpenExport(second);
        var sinceFirst = "qemu:dirty-bitmap:" + first;
        var sinceSecond = "qemu:dirty-bitmap:" + second;

        Assert.Equal([Export.BaseAllocation, sinceSecond, sinceFirst], export.MetaContexts);
        Assert.True(export.TryResolveContext(sinceFirst));
        Assert.True(export.TryResolveContext(sinceSecond));
        Assert.True(older.TryResolveContext(sinceFirst));
        Assert.False(export.TryResolveContext("qemu:dirty-bitmap:none"));
        Assert.False(export.TryResolveContext("other:context"));

        Assert.Equal(
            [(4096, 0u), (4096, 1u), (57344, 0u), (65536, 1u), (917504, 0u), (4096, 1u), (4096, 0u)],
            Status(export, sinceFirst, 0, (1 << 20) + 8192));
        Assert.Equal([(1048576, 0u), (4096, 1u), (4096, 0u)], Status(export, sinceSecond, 0, (1 << 20) + 8192));
        Assert.Equal([(512, 0u), (4096, 1u), (512, 0u)], Aligned(Status(older, sinceFirst, 3584, 5120), 5120));
        Assert.Equal([(1024, 1u)], Aligned(Status(older, sinceFirst, 65536 + 512, 1024), 1024));
        Assert.Equal([(4096, 0u), (4096, 1u)], Status(export, sinceFirst, 0, 1 << 20, extentsMax: 2));
        Assert.Equal([(4096, 0u)], Status(export, sinceFirst, 0, 4096));
    }

    [Fact]
    public void A_bitmap_lives_on_when_its_snapshot_is_deleted()
    {
        var diskId = _server.NewDisk();
        _server.Write(diskId, 0, 1);
        var first = _server.NewSnapshot(diskId);
        _server.Write(diskId, 4096, 2);
        using var export = _server.OpenExport(_server.NewSnapshot(diskId));
        Assert.True(export.TryResolveContext("qemu:dirty-bitmap:" + first));

        _server.Snapshots.Delete([first], TestServer.Caller);
        _server.Drain();

        Assert.Equal(
            [(4096, 0u), (4096, 1u), (8192, 0u)], Status(export, "qemu:dirty-bitmap:" + first, 0, 16384));
        using var fresh = _server.OpenExport(export.Name);
        Assert.False(fresh.TryResolveContext("qemu:dirty-bitmap:" + first));
    }

    [Fact]
    public void A_snapshot_of_another_family_is_no_context()
    {
        var other = _server.NewSnapshot(_server.NewDisk());
        using var export = _server.OpenExport(_server.NewSnapshot(_server.NewDisk()));

        Assert.False(export.TryResolveContext("qemu:dirty-bitmap:" + other));
    }

    [Fact]
    public void A_faulted_disk_starts_anew_with_its_next_first_client()
    {
        var diskId = _server.NewDisk();
        var first = _server.OpenExport(diskId);
        Assert.Equal(NbdError.None, first.Write([new WriteRequest(0, 0, 512)], new byte[512]));
        _server.SimulatedStore.Fail(SimulatedOperation.Sync, 1, StoreFault.Io);

        Assert.Equal(NbdError.Io, first.Flush());
        var second = _server.OpenExport(diskId);
        Assert.Equal(NbdError.Io, second.Flush());
        first.Dispose();
        second.Dispose();

        using var third = _server.OpenExport(diskId);
        Assert.Equal(NbdError.None, third.Write([new WriteRequest(0, 0, 512)], new byte[512]));
        Assert.Equal(NbdError.None, third.Flush());
        Assert.Contains(_server.Messages, message => message.Text.Contains("opened anew", StringComparison.Ordinal));
    }

    [Fact]
    public void A_client_that_leaves_is_no_longer_counted()
    {
        var diskId = _server.NewDisk();
        var first = _server.OpenExport(diskId);
        var second = _server.OpenExport(diskId);

        first.Dispose();
        Assert.Equal(1, _server.Domain.Clients.Count(diskId));
        second.Dispose();

        Assert.Equal(0, _server.Domain.Clients.Count(diskId));
    }

    private NbdOpenRefusal Refuse(string name)
    {
        Assert.Null(_server.Exports.Open(name, TestServer.Client, out var refusal));
        return refusal!;
    }

    private static int ReadByte(Export export, long offset)
    {
        var sector = new byte[512];
        Assert.Equal(NbdError.None, export.Read(offset, sector));
        return sector[0];
    }

    private static List<(int LengthBytes, uint Flags)> Status(
        Export export, string context, long offset, long lengthBytes, int extentsMax = 100)
    {
        var extents = new List<StatusExtent>();
        Assert.Equal(NbdError.None, export.BlockStatus(context, offset, lengthBytes, extentsMax, extents));
        return extents.ConvertAll(extent => ((int)extent.LengthBytes, extent.Flags));
    }

    // What the server makes of extents that go beyond the range.
    private static List<(int LengthBytes, uint Flags)> Aligned(
        List<(int LengthBytes, uint Flags)> extents, int lengthBytes)
    {
        var cut = new List<(int LengthBytes, uint Flags)>();
        foreach (var (length, flags) in extents)
        {
            cut.Add((Math.Min(length, lengthBytes), flags));
            lengthBytes -= Math.Min(length, lengthBytes);
        }

        return cut;
    }
}
