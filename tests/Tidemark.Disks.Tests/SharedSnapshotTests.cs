using Tidemark.Catalog;
using Tidemark.Catalog.Schema;
using Tidemark.Disks.Accounts;
using Tidemark.Disks.Queries;
using Tidemark.Disks.Snapshots;

namespace Tidemark.Disks.Tests;

/// <summary>What the receiver of a shared snapshot sees and may do.</summary>
public sealed class SharedSnapshotTests : IDisposable
{
    private static readonly Scope Owner = new(Scope.FirstAccountId, "test");
    private static readonly Scope Receiver = new("100000000002", "test");
    private static readonly Caller Theirs = new("AKIDother", "request-2", "10.0.0.8") { Scope = Receiver };

    private readonly TestServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public void It_is_listed_for_the_receiver_without_the_owners_affairs()
    {
        var snapshotId = _server.Snapshots.Create(
            new() { DiskId = _server.NewDisk(), Tags = [new("team", "a")] }, TestServer.Caller);
        var own = _server.Snapshots.Create(
            new() { DiskId = _server.Disks.Create(new() { DiskSize = 1 }, Theirs)[0] }, Theirs);
        Assert.Equal([own], Ids(Receiver));
        Share(snapshotId);

        var seen = _server.Snapshots.List(new() { Ids = [snapshotId] }, Receiver).Items[0];
        var mine = _server.Snapshots.List(new() { Ids = [snapshotId] }, Owner).Items[0];

        Assert.Equal(new[] { own, snapshotId }.Order(), Ids(Receiver).Order());
        Assert.True(seen is { IsForeign: true, ShareCount: 0, Tags.Count: 0 });
        Assert.True(mine is { IsForeign: false, ShareCount: 1, Tags.Count: 1 });
        Assert.Equal(_server.Clock.Now, mine.ShareStartTime);
        Assert.Equal([snapshotId], Ids(Receiver, new Filter("snapshot-type", ["SHARED_SNAPSHOT"])));
        Assert.Equal([own], Ids(Receiver, new Filter("snapshot-type", ["PRIVATE_SNAPSHOT"])));
        Assert.Empty(Ids(Owner, new Filter("snapshot-type", ["SHARED_SNAPSHOT"])));
        Filter[] probes = [new("tag-key", ["team"]), new("tag-value", ["a"]), new("tag:team", ["a"])];
        foreach (var probe in probes)
        {
            Assert.Empty(Ids(Receiver, probe));
            Assert.Equal([snapshotId], Ids(Owner, probe));
        }

        Assert.Equal([snapshotId], Ids(Owner));
    }

    [Fact]
    public void It_is_there_only_in_its_region_and_when_complete()
    {
        var snapshotId = _server.NewSnapshot(_server.NewDisk());
        Share(snapshotId);
        Assert.Empty(Ids(Receiver with { Region = "elsewhere" }));

        _server.Catalog.Commit(transaction =>
        {
            var rows = SqlTransaction.Of(transaction);
            SnapshotTable.Put(rows, SnapshotTable.Get(rows.Rows, snapshotId) with
            {
                SnapshotState = SnapshotState.Creating,
            });
        });

        Assert.Empty(Ids(Receiver));
    }

    [Fact]
    public void The_receiver_may_make_disks_of_it_and_nothing_else()
    {
        var diskId = _server.NewDisk();
        _server.Write(diskId, 0, 5);
        var snapshotId = _server.NewSnapshot(diskId);
        Refusal.Of(ErrorCode.SnapshotNotFound, () => _server.Disks.Create(new() { SnapshotId = snapshotId }, Theirs));
        Share(snapshotId);

        var made = _server.Disks.Create(new() { SnapshotId = snapshotId }, Theirs)[0];

        Assert.Equal(5, _server.Read(made, 0));
        Assert.Equal(Receiver.AccountId, _server.Disks.Find(made)!.AccountId);
        Refusal.Of(ErrorCode.SnapshotNotFound, () => _server.Snapshots.Delete([snapshotId], Theirs));
        Refusal.Of(ErrorCode.SnapshotNotFound, () => _server.Snapshots.SetLock([snapshotId], true, Theirs));
        Refusal.Of(ErrorCode.SnapshotNotFound, () => _server.Snapshots.Modify(
            new() { SnapshotId = snapshotId, SnapshotName = "mine" }, Theirs));
        Refusal.Of(ErrorCode.SnapshotNotFound, () => _server.Snapshots.Apply(snapshotId, made, new(), Theirs));
        Refusal.Of(
            ErrorCode.SnapshotNotFound, () => _server.Domain.Content.Read(snapshotId, 0, 4096, Receiver));
    }

    private IEnumerable<string> Ids(Scope scope, params Filter[] filters) =>
        _server.Snapshots.List(new() { Filters = filters }, scope).Items.Select(snapshot => snapshot.SnapshotId);

    private void Share(string snapshotId) => _server.Catalog.Commit(transaction =>
        SqlTransaction.Of(transaction).Put(
            CatalogTables.SnapshotShares, snapshotId, Receiver.AccountId,
            _server.Clock.Now.ToUnixTimeMilliseconds()));
}
