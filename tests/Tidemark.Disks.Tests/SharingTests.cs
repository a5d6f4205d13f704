using Tidemark.Disks.Accounts;
using Tidemark.Disks.Sharing;

namespace Tidemark.Disks.Tests;

public sealed class SharingTests : IDisposable
{
    private readonly TestServer _server = new();

    private SnapshotSharing Sharing => _server.Domain.Sharing;

    public void Dispose() => _server.Dispose();

    [Fact]
    public void A_snapshot_is_shared_and_unshared_account_by_account()
    {
        string[] accounts = [TestRows.OtherAccountId, "100000000003"];
        foreach (var account in accounts)
            _server.AddAccount(account);
        var snapshotId = _server.NewSnapshot(_server.NewDisk());
        var since = _server.Clock.Now;

        Sharing.Share([snapshotId], [accounts[0]], TestServer.Caller);
        _server.Clock.Now += TimeSpan.FromMinutes(1);
        Sharing.Share([snapshotId], accounts, TestServer.Caller);
        Assert.Equal(
            [new SharePermission(accounts[0], since), new SharePermission(accounts[1], _server.Clock.Now)],
            Sharing.List(snapshotId));
        Sharing.Cancel([snapshotId], [accounts[0], "100000000009"], TestServer.Caller);
        Sharing.Cancel([snapshotId], [], TestServer.Caller);
        Assert.Equal([accounts[1]], Sharing.List(snapshotId).Select(share => share.AccountId));
        Sharing.Cancel([snapshotId], [accounts[1]], TestServer.Caller);

        Assert.Empty(Sharing.List(snapshotId));
    }

    [Fact]
    public void Several_snapshots_are_shared_all_or_none()
    {
        _server.AddAccount(TestRows.OtherAccountId);
        var diskId = _server.NewDisk();
        var first = _server.NewSnapshot(diskId);
        var system = _server.Snapshots.Create(
            new() { DiskId = diskId, DiskUsage = "SYSTEM_DISK" }, TestServer.Caller);

        Refusal.Of(ErrorCode.SnapshotNotSupported, () => Share(first, system));
        Refusal.Of(ErrorCode.SnapshotNotFound, () => Share(first, "snap-aaaaaaaa"));
        Assert.Empty(Sharing.List(first));
        var second = _server.NewSnapshot(diskId);
        Share(first, second);

        Assert.Single(Sharing.List(first));
        Assert.Single(Sharing.List(second));

        void Share(params string[] ids) => Sharing.Share(ids, [TestRows.OtherAccountId], TestServer.Caller);
    }

    [Fact]
    public void Wrong_accounts_are_refused_by_name()
    {
        var snapshotId = _server.NewSnapshot(_server.NewDisk());
        void Refuse(string code, params string[] accounts) =>
            Refusal.Of(code, () => Sharing.Share([snapshotId], accounts, TestServer.Caller));

        Refuse(ErrorCode.MissingParameter);
        Refuse(ErrorCode.InvalidParameter, Scope.FirstAccountId);
        Refuse(ErrorCode.InvalidParameterValue, "100000000009");
        Refuse(ErrorCode.InvalidParameterValue, "12");
        Refuse(ErrorCode.InvalidParameterValue, [.. Enumerable.Range(0, 51).Select(i => $"1000000{i:D5}")]);
        Assert.Empty(Sharing.List(snapshotId));
    }

    [Fact]
    public void Fifty_accounts_are_the_most()
    {
        string[] accounts = [.. Enumerable.Range(0, 51).Select(index => $"1000001{index:D5}")];
        foreach (var account in accounts)
            _server.AddAccount(account);
        var snapshotId = _server.NewSnapshot(_server.NewDisk());

        Sharing.Share([snapshotId], accounts[..50], TestServer.Caller);
        Refusal.Of(
            ErrorCode.OverQuota, () => Sharing.Share([snapshotId], [accounts[50]], TestServer.Caller));
        Sharing.Share([snapshotId], [accounts[7]], TestServer.Caller);

        Assert.Equal(50, Sharing.List(snapshotId).Count);
    }

    [Fact]
    public void Only_the_owner_shares()
    {
        _server.AddAccount(TestRows.OtherAccountId);
        _server.AddAccount("100000000003");
        var snapshotId = _server.NewSnapshot(_server.NewDisk());
        Sharing.Share([snapshotId], [TestRows.OtherAccountId], TestServer.Caller);
        var receiver = TestServer.Caller with { Scope = new Scope(TestRows.OtherAccountId, "test") };

        Refusal.Of(ErrorCode.SnapshotNotFound, () => Sharing.Share([snapshotId], ["100000000003"], receiver));
        Refusal.Of(ErrorCode.SnapshotNotFound, () => Sharing.Cancel([snapshotId], [], receiver));
        Refusal.Of(ErrorCode.SnapshotNotFound, () => Sharing.List(snapshotId, receiver.Scope));
    }

    [Fact]
    public void Shares_go_with_their_snapshot()
    {
        _server.AddAccount(TestRows.OtherAccountId);
        var snapshotId = _server.NewSnapshot(_server.NewDisk());
        Sharing.Share([snapshotId], [TestRows.OtherAccountId], TestServer.Caller);
        Sharing.Cancel([snapshotId], [TestRows.OtherAccountId], TestServer.Caller);

        _server.Snapshots.Delete([snapshotId], TestServer.Caller);

        Assert.Equal(0, _server.Catalog.Read(reader => reader.Number("SELECT count(*) FROM snapshot_shares")));
    }
}
