namespace Tidemark.Disks.Tests;

public sealed class BackgroundWorkTests
{
    [Fact]
    public void Chores_follow_the_clock()
    {
        using var server = new TestServer();
        var diskId = server.NewDisk();
        var temporary = server.NewSnapshot(diskId, deadline: server.Clock.Now.AddDays(1));
        server.Disks.Create(new() { DiskSize = 1, ClientToken = "t" }, TestServer.Caller);

        server.Domain.Background.RunChoresOnce();
        Assert.NotNull(server.Snapshots.Find(temporary));
        server.Clock.Now += TimeSpan.FromDays(8);
        server.Domain.Background.RunChoresOnce();

        Assert.Null(server.Snapshots.Find(temporary));
        Assert.Null(server.Catalog.Read(reader => ClientTokens.Find(reader, "t")));
        Assert.Equal(
            ["catalog-20260304.db", "catalog-20260312.db"],
            Directory.EnumerateFiles(Path.Combine(server.FolderPath, "copies")).Select(Path.GetFileName).Order());
        Assert.DoesNotContain(server.Messages, message => message.IsError);
    }

    [Fact]
    public void A_chore_that_fails_is_logged_and_tried_later()
    {
        var now = DateTimeOffset.UnixEpoch;
        var runCount = 0;
        var failures = new List<string>();
        var chore = new Background.Chore("sweeping", TimeSpan.FromSeconds(10), () =>
        {
            runCount++;
            return runCount <= 2 ? throw new FormatException("planned") : false;
        });
        void Run(int seconds) => chore.RunIfDue(now.AddSeconds(seconds), (name, _) => failures.Add(name));

        Run(0);
        Run(19);
        Run(20);
        Run(59);
        Run(60);
        Run(69);
        Run(70);

        Assert.Equal(4, runCount);
        Assert.Equal(["sweeping", "sweeping"], failures);
    }

    [Fact]
    public void The_threads_give_space_back_and_end()
    {
        using var server = new TestServer();
        var diskId = server.NewDisk();
        server.Write(diskId, 0, 1, 1 << 20);
        var snapshotId = server.NewSnapshot(diskId);
        server.Write(diskId, 0, 2, 1 << 20);
        server.Snapshots.Delete([snapshotId], TestServer.Caller);
        var layerCount = server.Engine.Statistics.LayerCount;

        server.Domain.Background.Start();
        var isFolded = SpinWait.SpinUntil(
            () => server.Engine.Statistics.LayerCount < layerCount, TimeSpan.FromSeconds(30));
        server.Domain.Background.Dispose();

        Assert.True(isFolded, $"There are still {layerCount} layers.");
        Assert.Equal(2, server.Read(diskId, 0));
        Assert.DoesNotContain(server.Messages, message => message.IsError);
    }
}
