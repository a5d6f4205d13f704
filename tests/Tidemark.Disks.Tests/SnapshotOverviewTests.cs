using Tidemark.Disks.Accounts;
using Tidemark.Disks.Snapshots;

namespace Tidemark.Disks.Tests;

public sealed class SnapshotOverviewTests : IDisposable
{
    private const int Seed = 20261123;

    private readonly TestServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public void Nothing_is_measured_before_somebody_asks_and_nobody_waits()
    {
        var diskId = _server.NewDisk();
        Assert.Equal(new SnapshotOverview(0, new SnapshotHolding(0, true, null)), Overview());
        _server.Write(diskId, 0, 1, 8192);
        _server.NewSnapshot(diskId);
        _server.Write(diskId, 0, 2, 8192);

        var first = Overview();
        _server.Domain.Background.MeasureOnce();
        var measured = Overview();
        _server.NewSnapshot(diskId);
        var older = Overview();

        Assert.Equal(new SnapshotOverview(1, new SnapshotHolding(0, false, null)), first);
        Assert.Equal(new SnapshotOverview(1, new SnapshotHolding(8192, true, _server.Clock.Now)), measured);
        Assert.Equal(new SnapshotOverview(2, new SnapshotHolding(8192, false, _server.Clock.Now)), older);
    }

    [Fact]
    public void It_adds_up_to_what_the_engine_gives_back_to_the_block()
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        var disks = Enumerable.Range(0, 3).Select(_ => _server.NewDisk()).ToList();
        var snapshotIds = new List<string>();
        for (var step = 0; step < 200; step++)
        {
            var diskId = disks[random.Next(disks.Count)];
            _server.Write(diskId, random.Next(64) * 4096L, (byte)step, 4096 * random.Next(1, 9));
            if (step % 7 == 0)
                snapshotIds.Add(_server.NewSnapshot(diskId));
            if (step % 31 == 30)
                Delete(random.Next(snapshotIds.Count));
        }

        Overview();
        _server.Domain.Background.MeasureOnce();
        var stated = Overview().Holding;
        var heldBefore = AllocatedBytes();
        foreach (var batch in snapshotIds.Chunk(100))
            _server.Snapshots.Delete(batch, TestServer.Caller);
        var freed = heldBefore - AllocatedBytes();

        Assert.True(stated.IsCurrent);
        Assert.True(stated.Bytes > 0);
        Assert.Equal(freed, stated.Bytes);

        void Delete(int index)
        {
            _server.Snapshots.Delete([snapshotIds[index]], TestServer.Caller);
            snapshotIds.RemoveAt(index);
        }
    }

    [Fact]
    public void Accounts_have_their_own()
    {
        var other = _server.NewAccount("100000000002");
        var diskId = _server.Disks.Create(new() { DiskSize = 1 }, other)[0];
        _server.Write(diskId, 0, 1, 4096);
        _server.Snapshots.Create(new() { DiskId = diskId }, other);
        _server.Write(diskId, 0, 2, 4096);
        _server.Domain.Reports.Overview(other.Scope!);
        _server.Domain.Background.MeasureOnce();

        Assert.Equal(0, Overview().Count);
        Assert.Equal(4096, _server.Domain.Reports.Overview(other.Scope!).Holding.Bytes);
    }

    private SnapshotOverview Overview() => _server.Domain.Reports.Overview(_server.Home);

    private long AllocatedBytes()
    {
        _server.Drain();
        return _server.Domain.Reports.Check(null, TestContext.Current.CancellationToken).ReferencedBytes;
    }
}
