using Tidemark.Nbd;

namespace Tidemark.Disks.Tests;

/// <summary>Zeros that must be fast, zeros that must not be a hole, and requests to cache.</summary>
public sealed class ZeroWritesTests : IDisposable
{
    private readonly TestServer _server = new();

    public void Dispose() => _server.Dispose();

    [Theory]
    [InlineData(0, 4096, true)]
    [InlineData(0, 1 << 29, true)]
    [InlineData(512, 8192, true)]
    [InlineData(3584, 4608, true)]
    [InlineData(0, 512, false)]
    [InlineData(0, 3584, false)]
    [InlineData(512, 4096, false)]
    [InlineData(512, 7168, false)]
    [InlineData(4096 + 512, 3584, false)]
    public void Zeroing_is_fast_where_it_covers_a_whole_block(long offset, long lengthBytes, bool isFast)
    {
        var diskId = _server.NewDisk();
        _server.Write(diskId, 0, 9, 32768);
        using var export = _server.OpenExport(diskId);

        var error = export.WriteZeroes(offset, lengthBytes, keepAllocated: false, onlyIfFast: true);

        Assert.Equal(isFast ? NbdError.None : NbdError.NotSupported, error);
        Assert.Equal(isFast ? 0 : 9, ReadByte(export, offset));
        Assert.Equal(NbdError.NotSupported,
            export.WriteZeroes(offset, lengthBytes, keepAllocated: true, onlyIfFast: true));
        Assert.Equal(NbdError.None, export.WriteZeroes(offset, lengthBytes, keepAllocated: false, onlyIfFast: false));
        Assert.Equal(0, ReadByte(export, offset));
        Assert.Equal(0, ReadByte(export, offset + lengthBytes - 512));
        Assert.Equal(offset == 0 ? 0 : 9, ReadByte(export, 0));
    }

    [Fact]
    public void Zeroes_without_a_hole_are_data()
    {
        var diskId = _server.NewDisk();
        _server.Write(diskId, 0, 9, 4 << 20);
        using var export = _server.OpenExport(diskId);
        Assert.Equal(NbdError.None, export.Trim(0, 1 << 30));

        Assert.Equal(NbdError.None, export.WriteZeroes(4608, (3 << 20) + 1024, keepAllocated: true, onlyIfFast: false));

        Assert.Equal([(4096, 3u), ((3 << 20) + 4096, 0u), (1 << 20, 3u)],
            Cut(BlockStatus.Once(export, Export.BaseAllocation, 0, (4 << 20) + 8192)));
        Assert.Equal(0, ReadByte(export, 8192));
        Assert.Equal(NbdError.None, export.WriteZeroes(0, 4 << 20, keepAllocated: false, onlyIfFast: false));
        Assert.Equal([(1 << 20, 3u)], BlockStatus.Once(export, Export.BaseAllocation, 0, 1 << 20));
    }

    [Fact]
    public void The_longest_zeroing_and_trim_cost_no_space()
    {
        var diskId = _server.NewDisk(sizeGiB: 8);
        using var export = _server.OpenExport(diskId);
        const long longestBytes = uint.MaxValue - 511L;
        _server.Write(diskId, longestBytes - 512, 9, 1024);

        Assert.Equal(NbdError.None, export.WriteZeroes(0, longestBytes, keepAllocated: false, onlyIfFast: true));
        Assert.Equal(NbdError.None, export.Trim(longestBytes + 512, longestBytes));

        Assert.Equal(0, ReadByte(export, longestBytes - 512));
        Assert.Equal(9, ReadByte(export, longestBytes));
    }

    [Fact]
    public void What_was_cached_is_read_without_waiting()
    {
        var diskId = _server.NewDisk();
        _server.Write(diskId, 0, 9, 1 << 20);
        var snapshot = _server.NewSnapshot(diskId);
        using var export = _server.OpenExport(snapshot);
        var block = new byte[4096];
        export.TryReadResident(8192, block, out var wouldBlock);
        Assert.True(wouldBlock);

        Assert.Equal(NbdError.None, export.Cache(0, 1 << 29));

        Assert.Equal(NbdError.None, export.TryReadResident(8192, block, out wouldBlock));
        Assert.False(wouldBlock);
        Assert.Equal(9, block[0]);
        using var live = _server.OpenExport(diskId);
        Assert.Equal(NbdError.None, live.Cache(512, 8192));
        _server.SimulatedStore.Fail(Engine.Stores.SimulatedOperation.Read, 1, Engine.Stores.StoreFault.Io);
        Assert.Equal(NbdError.Io, live.Cache(0, 4096));
    }

    // The last extent goes on to the end of the disk.
    private static List<(long LengthBytes, uint Flags)> Cut(List<(long LengthBytes, uint Flags)> status)
    {
        status[^1] = (Math.Min(status[^1].LengthBytes, 1 << 20), status[^1].Flags);
        return status;
    }

    private static int ReadByte(Export export, long offset)
    {
        var sector = new byte[512];
        Assert.Equal(NbdError.None, export.Read(offset, sector));
        return sector[0];
    }
}
