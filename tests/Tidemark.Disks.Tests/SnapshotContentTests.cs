namespace Tidemark.Disks.Tests;

public sealed class SnapshotContentTests : IDisposable
{
    private const int MiB = 1 << 20;
    private const long GiB = 1L << 30;

    private readonly TestServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public void Data_and_zeros_come_in_turn_without_gaps()
    {
        var diskId = _server.NewDisk();
        _server.Write(diskId, 4096, 1, 8192);
        _server.Write(diskId, MiB - 4096, 2);
        var snapshotId = _server.NewSnapshot(diskId);
        _server.Write(diskId, 0, 9, MiB);

        var ranges = _server.Domain.Content.Read(snapshotId, 0, MiB);

        Assert.Equal(
            [(0, 4096, -1), (4096, 8192, 1), (12288, MiB - 16384, -1), (MiB - 4096, 4096, 2)],
            ranges.Select(range => (range.Offset, range.LengthBytes, (int)(range.Data?.Distinct().Single() ?? -1))));
    }

    [Fact]
    public void A_range_is_cut_at_the_end()
    {
        var snapshotId = _server.NewSnapshot(_server.NewDisk());

        var range = Assert.Single(_server.Domain.Content.Read(snapshotId, GiB - 8192, MiB));

        Assert.Equal((GiB - 8192, 8192, true), (range.Offset, range.LengthBytes, range.Data is null));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, MiB + 4096)]
    [InlineData(0, 512)]
    [InlineData(512, 4096)]
    [InlineData(GiB, 4096)]
    [InlineData(-4096, 4096)]
    public void Wrong_ranges_are_refused(long offset, long lengthBytes)
    {
        var snapshotId = _server.NewSnapshot(_server.NewDisk());

        Refusal.Of(
            ErrorCode.InvalidParameterValue, () => _server.Domain.Content.Read(snapshotId, offset, lengthBytes));
        Refusal.Of(ErrorCode.SnapshotNotFound, () => _server.Domain.Content.Read("snap-aaaaaaaa", 0, 4096));
    }
}
