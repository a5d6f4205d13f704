namespace Tidemark.Disks.Tests;

public sealed class SnapshotQuotaTests
{
    [Fact]
    public void The_quota_grows_with_disks()
    {
        using var server = new TestServer();
        Assert.Equal(64, server.SnapshotQuota.Limit);

        server.NewDisk();
        server.NewDisk();

        Assert.Equal(64 + (2 * 64), server.SnapshotQuota.Limit);
    }

    [Fact]
    public void A_full_quota_refuses_with_its_figures()
    {
        using var server = new TestServer(options => options with { SnapshotQuotaBase = 1, SnapshotQuotaPerDisk = 1 });
        var diskId = server.NewDisk();
        server.NewSnapshot(diskId);
        var second = server.NewSnapshot(diskId);

        var refusal = Refusal.Of(ErrorCode.SnapshotQuota, () => server.NewSnapshot(diskId));
        server.Snapshots.Delete([second], TestServer.Caller);

        Assert.Contains("2 of 2", refusal.Message, StringComparison.Ordinal);
        server.NewSnapshot(diskId);
    }

    [Fact]
    public void Requests_at_the_same_time_never_exceed_it()
    {
        using var server = new TestServer(options => options with { SnapshotQuotaBase = 5, SnapshotQuotaPerDisk = 0 });
        var disks = Enumerable.Range(0, 6).Select(_ => server.NewDisk()).ToList();
        var takenCount = 0;
        var threads = disks.ConvertAll(diskId => new Thread(() =>
        {
            for (var attempt = 0; attempt < 3; attempt++)
            {
                try
                {
                    server.NewSnapshot(diskId);
                    Interlocked.Increment(ref takenCount);
                }
                catch (DomainException refusal)
                {
                    Assert.Equal(ErrorCode.SnapshotQuota, refusal.Code);
                }
            }
        }));

        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());

        Assert.Equal(5, takenCount);
        Assert.Equal(5, server.SnapshotQuota.Used);
    }

    [Fact]
    public void A_limit_on_bytes_counts_what_snapshots_hold()
    {
        using var server = new TestServer(options => options with { SnapshotBytesMax = 8192 });
        var diskId = server.NewDisk();
        server.Write(diskId, 0, 1, 8192);
        server.NewSnapshot(diskId);
        server.NewSnapshot(diskId);
        server.Write(diskId, 0, 2, 8192);

        Refusal.Of(ErrorCode.SnapshotQuota, () => server.NewSnapshot(diskId));
    }
}
