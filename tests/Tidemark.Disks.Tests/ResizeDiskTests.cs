namespace Tidemark.Disks.Tests;

public sealed class ResizeDiskTests : IDisposable
{
    private readonly TestServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public void A_disk_grows_under_its_clients_and_new_ones_see_it()
    {
        var diskId = _server.NewDisk();
        using var old = _server.OpenExport(diskId);

        _server.Disks.Resize(diskId, 3, TestServer.Caller);

        using var fresh = _server.OpenExport(diskId);
        Assert.Equal(1L << 30, old.SizeBytes);
        Assert.Equal(3L << 30, fresh.SizeBytes);
        Assert.Equal(3, _server.Disks.Find(diskId)!.DiskSizeGiB);
        _server.Restart();
        Assert.Equal(3L << 30, _server.Engine.OpenDisk(diskId).SizeBytes);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(32769)]
    public void A_disk_never_shrinks_nor_grows_beyond_all_bounds(long sizeGiB)
    {
        var diskId = _server.NewDisk(sizeGiB: 2);

        Refusal.Of(
            ErrorCode.InvalidParameterValue, () => _server.Disks.Resize(diskId, sizeGiB, TestServer.Caller));
    }

    [Fact]
    public void An_unknown_disk_is_refused()
    {
        Refusal.Of(ErrorCode.DiskNotFound, () => _server.Disks.Resize("disk-aaaaaaaa", 2, TestServer.Caller));
        Refusal.Of(ErrorCode.InvalidParameterValue, () => _server.Disks.Resize("mine", 2, TestServer.Caller));
        Refusal.Of(ErrorCode.MissingParameter, () => _server.Disks.Resize("", 2, TestServer.Caller));
    }
}
