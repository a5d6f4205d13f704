using Tidemark.Disks.Accounts;
using Tidemark.Disks.Copies;
using Tidemark.Disks.Quotas;
using Tidemark.Disks.Snapshots;

namespace Tidemark.Disks.Tests;

public sealed class CopyTests : IDisposable
{
    private readonly TestServer _server = new(options => options with
    {
        OtherRegions = [new Region("far", ["far-1", "far-2"]), new Region("near", ["near-1"])],
    });

    public void Dispose() => _server.Dispose();

    [Fact]
    public void A_copy_passes_through_its_states_and_moves_no_data()
    {
        var snapshotId = NewSnapshot(7);
        var segmentCount = _server.Engine.Statistics.SegmentCount;

        var row = Assert.Single(Copy(snapshotId, "far"));
        Assert.Equal(("far", CopyResult.Success, ""), (row.Region, row.Code, row.Message));
        var states = new List<(string, int)>();
        for (var look = 0; look < 4; look++)
        {
            var seen = _server.Snapshots.Find(row.SnapshotId)!;
            states.Add((seen.SnapshotState, seen.Percent));
            _server.Clock.Now += TimeSpan.FromSeconds(1);
            _server.Domain.Background.RunChoresOnce();
        }

        Assert.Equal(
            [("COPYING_FROM_REMOTE", 0), ("CHECKING_COPIED", 50), ("NORMAL", 100), ("NORMAL", 100)], states);
        var copy = _server.Snapshots.Find(row.SnapshotId, new Scope(Scope.FirstAccountId, "far"))!;
        Assert.Equal($"Copied {snapshotId} from test", copy.SnapshotName);
        Assert.Equal(("far-1", snapshotId, "", SnapshotOrigin.Copy),
            (copy.Zone, copy.CopySourceId, copy.DiskId, copy.Origin));
        Assert.Null(_server.Snapshots.Find(row.SnapshotId, TestRows.Home));
        Assert.Equal(7, _server.ReadLayer(copy.LayerId));
        Assert.Equal(segmentCount, _server.Engine.Statistics.SegmentCount);
        Agreement.Check(_server);
    }

    [Fact]
    public void A_copy_stays_when_its_source_and_the_disk_are_gone()
    {
        var snapshotId = NewSnapshot(7);
        var diskId = _server.Snapshots.Find(snapshotId)!.DiskId;
        var copyId = Assert.Single(Copy(snapshotId, "far")).SnapshotId;
        Finish();

        _server.Snapshots.Delete([snapshotId], TestServer.Caller);
        _server.Disks.Terminate([diskId], deleteSnapshots: true, false, TestServer.Caller);
        _server.Drain();
        Agreement.Check(_server);

        var there = TestServer.Caller with { Scope = new Scope(Scope.FirstAccountId, "far") };
        var clone = _server.Disks.Create(new() { SnapshotId = copyId }, there)[0];
        Assert.Equal(7, _server.Read(clone, 0));
        Assert.Equal(("far", "far-1"), (_server.Disks.Find(clone)!.Region, _server.Disks.Find(clone)!.Zone));
        _server.Snapshots.Delete([copyId], there);
        _server.Drain();
        Agreement.Check(_server);
    }

    [Fact]
    public void Each_region_has_its_own_answer()
    {
        var snapshotId = NewSnapshot(1);
        Copy(snapshotId, "near");

        var rows = Copy(snapshotId, "far", "near", "nowhere", "test", "far");

        Assert.Equal(["far", "near", "nowhere", "test"], rows.Select(row => row.Region));
        Assert.Equal(
            [CopyResult.Success, ErrorCode.CopyConflict, ErrorCode.InvalidParameterValue,
                ErrorCode.InvalidParameterValue],
            rows.Select(row => row.Code));
        Assert.All(rows.Skip(1), row => Assert.Equal((string.Empty, true), (row.SnapshotId, row.Message.Length > 0)));
        Finish();
        Assert.Equal(CopyResult.Success, Assert.Single(Copy(snapshotId, "near")).Code);
        Agreement.Check(_server);
    }

    [Fact]
    public void What_cannot_be_copied_at_all_is_refused()
    {
        var diskId = _server.NewDisk();
        var system = _server.Snapshots.Create(
            new() { DiskId = diskId, DiskUsage = "SYSTEM_DISK" }, TestServer.Caller);
        var creating = _server.NewSnapshot(diskId);
        _server.ChangeSnapshot(creating, one => one with { SnapshotState = SnapshotState.RollingBack });

        Refusal.Of(ErrorCode.SnapshotNotCopyable, () => Copy(system, "far"));
        Refusal.Of(ErrorCode.SnapshotNotSupported, () => Copy(creating, "far"));
        Refusal.Of(ErrorCode.SnapshotNotFound, () => Copy("snap-aaaaaaaa", "far"));
        Refusal.Of(ErrorCode.InvalidParameterValue, () => Copy("snap", "far"));
        Refusal.Of(ErrorCode.MissingParameter, () => Copy(creating));
        Refusal.Of(ErrorCode.InvalidParameterValue, () => _server.Domain.Copies.Copy(
            _server.NewSnapshot(diskId), ["far"], new string('x', 61), TestServer.Caller));
    }

    [Fact]
    public void A_full_quota_refuses_the_region()
    {
        var snapshotId = NewSnapshot(1);
        _server.Domain.Quotas.Set(
            QuotaName.Snapshots, 0, new Scope(Scope.FirstAccountId, "far"), TestServer.Caller);

        var rows = Copy(snapshotId, "far", "near");

        Assert.Equal([ErrorCode.SnapshotQuota, CopyResult.Success], rows.Select(row => row.Code));
        Agreement.Check(_server);
    }

    [Fact]
    public void A_copy_is_finished_after_a_restart()
    {
        var copyId = Assert.Single(Copy(NewSnapshot(1), "far")).SnapshotId;
        _server.Domain.Copies.Advance();

        _server.Restart();
        Assert.Equal("CHECKING_COPIED", _server.Snapshots.Find(copyId)!.SnapshotState);
        Finish();

        Assert.Equal("NORMAL", _server.Snapshots.Find(copyId)!.SnapshotState);
    }

    [Fact]
    public void The_source_of_a_running_copy_tells_where_to()
    {
        var snapshotId = NewSnapshot(1);
        Copy(snapshotId, "far", "near");

        Assert.Equal(["far", "near"], Regions());
        Finish();
        Assert.Empty(Regions());

        IEnumerable<string> Regions() =>
            _server.Catalog.Read(reader => CopyTable.RegionsOf(reader, [snapshotId]))[snapshotId];
    }

    private string NewSnapshot(byte value)
    {
        var diskId = _server.NewDisk();
        _server.Write(diskId, 0, value);
        return _server.NewSnapshot(diskId);
    }

    private IReadOnlyList<CopyResult> Copy(string snapshotId, params string[] regions) =>
        _server.Domain.Copies.Copy(snapshotId, regions, null, TestServer.Caller);

    private void Finish()
    {
        Assert.False(_server.Domain.Copies.Advance());
        Assert.False(_server.Domain.Copies.Advance());
    }
}
