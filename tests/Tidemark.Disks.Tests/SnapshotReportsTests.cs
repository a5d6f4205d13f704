using Tidemark.Disks.Snapshots;

namespace Tidemark.Disks.Tests;

public sealed class SnapshotReportsTests : IDisposable
{
    private const int MiB = 1 << 20;
    private readonly TestServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public void The_second_snapshot_changed_what_was_overwritten()
    {
        var (first, second) = TwoSnapshots();

        var sizes = _server.Domain.Reports.Sizes([second, first]);

        Assert.Equal([second, first], sizes.Select(each => each.SnapshotId));
        Assert.Equal(2 * MiB, sizes[0].ChangedBytes);
        Assert.Equal(8 * MiB, sizes[0].ReferencedBytes);
        Assert.Equal(8 * MiB, sizes[1].ReferencedBytes);
        Assert.Equal(2 * MiB, sizes[1].UniqueBytes);
        Assert.Equal(2 * MiB, _server.Domain.Reports.FreedIfDeleted([first]));
        Refusal.Of(ErrorCode.SnapshotNotFound, () => _server.Domain.Reports.Sizes(["snap-aaaaaaaa"]));
    }

    [Fact]
    public void Differences_come_in_pages()
    {
        var diskId = _server.NewDisk();
        var first = _server.NewSnapshot(diskId);
        for (var index = 0; index < 5; index++)
            _server.Write(diskId, index * 65536, 1);
        var second = _server.NewSnapshot(diskId);

        var all = _server.Domain.Reports.Changed(first, second, 100, null);
        var paged = new List<ChangedExtent>();
        string? token = null;
        do
        {
            var page = _server.Domain.Reports.Changed(first, second, 2, token);
            Assert.True(page.Extents.Count <= 2);
            paged.AddRange(page.Extents);
            token = page.NextToken;
        }
        while (token is not null);

        Assert.Equal(Enumerable.Range(0, 5).Select(index => new ChangedExtent(index * 65536, 4096, true)), all.Extents);
        Assert.Equal(all.Extents, paged);
        Assert.Equal(1L << 30, all.DiskSizeBytes);
        Refusal.Of(
            ErrorCode.InvalidParameterValue, () => _server.Domain.Reports.Changed(first, second, 2, "x"));
        Refusal.Of(
            ErrorCode.InvalidParameterValue, () => _server.Domain.Reports.Changed(first, second, 0, null));
    }

    [Fact]
    public void Without_a_first_snapshot_everything_that_is_held_comes()
    {
        var diskId = _server.NewDisk();
        _server.Write(diskId, 65536, 1, 8192);
        _server.NewSnapshot(diskId);
        _server.Write(diskId, 1 << 20, 1);
        var second = _server.NewSnapshot(diskId);

        var page = _server.Domain.Reports.Changed(null, second, 1, null);
        var rest = _server.Domain.Reports.Changed(null, second, 1, page.NextToken);

        Assert.Equal([new ChangedExtent(65536, 8192, true)], page.Extents);
        Assert.Equal([new ChangedExtent(1 << 20, 4096, true)], rest.Extents);
        Assert.Null(rest.NextToken);
    }

    [Fact]
    public void Snapshots_of_two_families_cannot_be_compared()
    {
        var one = _server.NewSnapshot(_server.NewDisk());
        var other = _server.NewSnapshot(_server.NewDisk());

        var refusal = Refusal.Of(
            ErrorCode.InvalidParameter, () => _server.Domain.Reports.Changed(one, other, 10, null));

        Assert.Contains(other, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_check_finds_nothing_wrong()
    {
        TwoSnapshots();

        var report = _server.Domain.Reports.Check(null, TestContext.Current.CancellationToken);

        Assert.Empty(report.Problems);
        Assert.True(report.BlocksVerified >= 10 * MiB / 4096);
        Assert.Equal(1, _server.Domain.Reports.Statistics.DiskCount);
    }

    private (string First, string Second) TwoSnapshots()
    {
        var diskId = _server.NewDisk();
        _server.Write(diskId, 0, 1, 8 * MiB);
        var first = _server.NewSnapshot(diskId);
        _server.Write(diskId, MiB, 2, 2 * MiB);
        var second = _server.NewSnapshot(diskId);
        return (first, second);
    }
}
