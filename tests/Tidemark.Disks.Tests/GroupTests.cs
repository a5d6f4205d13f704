using Tidemark.Disks.Accounts;
using Tidemark.Disks.Groups;
using Tidemark.Disks.Snapshots;
using Tidemark.Engine.Stores;

namespace Tidemark.Disks.Tests;

public sealed class GroupTests : IDisposable
{
    private readonly TestServer _server = new();

    private GroupOperations Groups => _server.Domain.Groups;

    public void Dispose() => _server.Dispose();

    [Fact]
    public void A_group_has_a_member_of_each_disk_in_their_order()
    {
        string[] disks = [.. Enumerable.Range(0, 12).Select(_ => _server.NewDisk())];
        foreach (var (diskId, index) in disks.Select((id, index) => (id, index)))
            _server.Write(diskId, 0, (byte)(index + 1));

        var groupId = Groups.Create(
            new() { DiskIds = disks, GroupName = "db", Tags = [new("k", "v")] }, TestServer.Caller);

        var group = Assert.Single(Groups.List(new()).Items);
        Assert.Matches("^csnap-[a-z0-9]{8}$", groupId);
        Assert.Equal((groupId, "db", "NORMAL", 100), (group.GroupId, group.GroupName, group.GroupState, group.Percent));
        Assert.Equal(_server.Clock.Now, group.CreateTime);
        Assert.True(group.IsPermanent);
        var members = group.SnapshotIds.Select(id => _server.Snapshots.Find(id)!).ToList();
        Assert.Equal(disks, members.Select(member => member.DiskId));
        Assert.Equal(Enumerable.Range(0, 12).Select(i => $"db_{i}"), members.Select(member => member.SnapshotName));
        Assert.All(members, member => Assert.Equal((groupId, SnapshotOrigin.Group), (member.GroupId, member.Origin)));
        Assert.All(members, member => Assert.Equal([new Tag("k", "v")], member.Tags));
        Assert.Equal(
            Enumerable.Range(1, 12).Select(value => (byte)value),
            members.Select(member => _server.ReadLayer(member.LayerId)));
        Assert.Equal([groupId], Find("tag:k", "v"));
        Agreement.Check(_server);
    }

    [Fact]
    public void Filters_find_groups()
    {
        var (a, b) = (_server.NewDisk(), _server.NewDisk());
        var first = Groups.Create(new() { DiskIds = [a, b], GroupName = "one" }, TestServer.Caller);
        _server.Clock.Now += TimeSpan.FromSeconds(1);
        var second = Groups.Create(new() { DiskIds = [b] }, TestServer.Caller);
        var alone = _server.NewSnapshot(a);

        Assert.Equal([first], Find("snapshot-group-name", "one"));
        Assert.Equal([second], Find("snapshot-group-id", second));
        Assert.Equal([second, first], Find("snapshot-group-state", "NORMAL"));
        Assert.Empty(Find("snapshot-group-state", "CREATING"));
        Assert.Equal([first], Find("snapshot-id", Groups.Find(first)!.SnapshotIds[1]));
        Assert.Empty(Find("snapshot-id", alone));
        Assert.Equal([second], Groups.List(new() { Limit = 1 }).Items.Select(group => group.GroupId));
        Assert.Equal([first], Groups.List(new() { Limit = 1, Offset = 1 }).Items.Select(group => group.GroupId));
        Refusal.Of(ErrorCode.InvalidFilter, () => Find("disk-id", a));
    }

    [Fact]
    public void Wrong_requests_are_refused()
    {
        var diskId = _server.NewDisk();
        var many = Enumerable.Range(0, 65).Select(index => $"disk-{index:D8}").ToArray();

        Refusal.Of(ErrorCode.MissingParameter, () => _server.NewGroup());
        Refusal.Of(ErrorCode.TooManyValues, () => _server.NewGroup(many));
        Refusal.Of(ErrorCode.DiskNotFound, () => _server.NewGroup(diskId, "disk-aaaaaaaa"));
        Refusal.Of(ErrorCode.InvalidParameterValue, () => _server.NewGroup(diskId, "snap-aaaaaaaa"));
        Refusal.Of(ErrorCode.InvalidParameterValue, () => Groups.Create(
            new() { DiskIds = [diskId], GroupName = new string('x', 59) }, TestServer.Caller));
        Groups.Create(new() { DiskIds = [diskId], GroupName = new string('x', 58) }, TestServer.Caller);
        Assert.Single(Groups.List(new()).Items);
        Assert.Equal(1, _server.SnapshotQuota.Used);
    }

    [Fact]
    public void The_quota_must_have_room_for_all_members()
    {
        using var server = new TestServer(options => options with { SnapshotQuotaBase = 3, SnapshotQuotaPerDisk = 0 });
        string[] disks = [server.NewDisk(), server.NewDisk()];
        server.NewGroup(disks);

        Refusal.Of(ErrorCode.SnapshotQuota, () => server.NewGroup(disks));
        server.NewGroup(disks[0]);

        Assert.Equal(3, server.SnapshotQuota.Used);
        Agreement.Check(server);
    }

    [Fact]
    public void A_rollback_takes_all_or_some_disks_back()
    {
        string[] disks = [_server.NewDisk(), _server.NewDisk(), _server.NewDisk()];
        WriteAll(disks, 1);
        var groupId = _server.NewGroup(disks);
        var pairs = Pairs(groupId);
        WriteAll(disks, 2);

        Groups.Apply(groupId, [pairs[1]], new(), TestServer.Caller);
        Assert.Equal([2, 1, 2], disks.Select(id => _server.Read(id, 0)));
        Groups.Apply(groupId, pairs, new(), TestServer.Caller);
        Assert.Equal([1, 1, 1], disks.Select(id => _server.Read(id, 0)));

        Assert.All(disks, id => Assert.Equal("UNATTACHED", _server.Disks.Find(id)!.DiskState));
        Assert.Equal("NORMAL", Groups.Find(groupId)!.GroupState);
        Agreement.Check(_server);
    }

    [Fact]
    public void A_rollback_names_each_disk_with_its_own_member()
    {
        string[] disks = [_server.NewDisk(), _server.NewDisk()];
        var groupId = _server.NewGroup(disks);
        var pairs = Pairs(groupId);
        var alone = _server.NewSnapshot(disks[0]);
        void Refuse(string code, params MemberRollback[] wanted) =>
            Refusal.Of(code, () => Groups.Apply(groupId, wanted, new(), TestServer.Caller));

        Refuse(ErrorCode.MissingParameter);
        Refuse(ErrorCode.InvalidParameter, new MemberRollback(pairs[0].SnapshotId, disks[1]));
        Refuse(ErrorCode.InvalidParameter, new MemberRollback(alone, disks[0]));
        Refuse(ErrorCode.InvalidParameter, pairs[0], pairs[0]);
        Refuse(ErrorCode.InvalidParameterValue, new MemberRollback("snap-?", disks[0]));
        Refusal.Of(
            ErrorCode.SnapshotNotFound, () => Groups.Apply("csnap-aaaaaaaa", pairs, new(), TestServer.Caller));
        _server.Disks.Terminate([disks[1]], false, false, TestServer.Caller);
        Refuse(ErrorCode.DiskNotFound, pairs[0], pairs[1]);
    }

    [Fact]
    public void A_connected_client_is_not_disturbed_unless_asked_for()
    {
        string[] disks = [_server.NewDisk(), _server.NewDisk()];
        WriteAll(disks, 1);
        var groupId = _server.NewGroup(disks);
        WriteAll(disks, 2);
        var export = _server.OpenExport(disks[1]);
        _server.Domain.Clients.Disconnect = _ => export.Dispose();

        Refusal.Of(
            ErrorCode.WrongState, () => Groups.Apply(groupId, Pairs(groupId), new(), TestServer.Caller));
        Assert.Equal([2, 2], disks.Select(id => _server.Read(id, 0)));
        Groups.Apply(groupId, Pairs(groupId), new() { DisconnectsClients = true }, TestServer.Caller);

        Assert.Equal([1, 1], disks.Select(id => _server.Read(id, 0)));
    }

    [Fact]
    public void Groups_are_deleted_with_their_members_all_or_none()
    {
        string[] disks = [_server.NewDisk(), _server.NewDisk()];
        WriteAll(disks, 1);
        var (first, second) = (_server.NewGroup(disks), _server.NewGroup(disks));

        Refusal.Of(
            ErrorCode.SnapshotNotFound, () => Groups.Delete([first, "csnap-aaaaaaaa"], TestServer.Caller));
        Assert.NotNull(Groups.Find(first));
        Groups.Delete([first, second], TestServer.Caller);

        Assert.Empty(Groups.List(new()).Items);
        Assert.Empty(_server.Snapshots.List(new()).Items);
        _server.Drain();
        Agreement.Check(_server);
    }

    [Fact]
    public void A_group_goes_with_its_last_member()
    {
        string[] disks = [_server.NewDisk(), _server.NewDisk()];
        var groupId = _server.NewGroup(disks);
        var members = Groups.Find(groupId)!.SnapshotIds;

        _server.Snapshots.Delete([members[0]], TestServer.Caller);
        Assert.Equal([members[1]], Groups.Find(groupId)!.SnapshotIds);
        Agreement.Check(_server);
        _server.Snapshots.Delete([members[1]], TestServer.Caller);

        Assert.Null(Groups.Find(groupId));
        Agreement.Check(_server);
    }

    [Fact]
    public void What_others_do_with_a_member_keeps_its_group()
    {
        _server.AddAccount(TestRows.OtherAccountId);
        var groupId = _server.NewGroup(_server.NewDisk(), _server.NewDisk());
        var member = Groups.Find(groupId)!.SnapshotIds[0];

        _server.ChangeSnapshot(member, snapshot => snapshot with { IsLocked = true });
        Refusal.Of(ErrorCode.WrongState, () => Groups.Delete([groupId], TestServer.Caller));
        _server.ChangeSnapshot(member, snapshot => snapshot with { IsLocked = false });
        _server.Domain.Sharing.Share([member], [TestRows.OtherAccountId], TestServer.Caller);
        Refusal.Of(ErrorCode.SnapshotShared, () => Groups.Delete([groupId], TestServer.Caller));

        Assert.Equal(2, Groups.Find(groupId)!.SnapshotIds.Count);
        _server.Domain.Sharing.Cancel([member], [TestRows.OtherAccountId], TestServer.Caller);
        Groups.Delete([groupId], TestServer.Caller);
    }

    [Fact]
    public void Other_accounts_and_regions_see_no_group()
    {
        var groupId = _server.NewGroup(_server.NewDisk());
        var stranger = TestServer.Caller with { Scope = new Scope(TestRows.OtherAccountId, "test") };
        var traveller = TestServer.Caller with { Scope = new Scope(Scope.FirstAccountId, "far") };

        foreach (var caller in new[] { stranger, traveller })
        {
            Assert.Null(Groups.Find(groupId, caller.Scope));
            Assert.Empty(Groups.List(new(), caller.Scope).Items);
            Refusal.Of(ErrorCode.SnapshotNotFound, () => Groups.Delete([groupId], caller));
            Refusal.Of(ErrorCode.SnapshotNotFound, () => Groups.Apply(groupId, Pairs(groupId), new(), caller));
        }

        Assert.Single(Groups.List(new(), TestRows.Home).Items);
    }

    [Fact]
    public void A_terminated_disk_takes_no_member_along_and_its_interrupted_rollback_ends()
    {
        string[] disks = [_server.NewDisk(), _server.NewDisk()];
        var groupId = _server.NewGroup(disks);
        var pending = Pairs(groupId)[0];
        _server.ChangeSnapshot(pending.SnapshotId, one => one with { SnapshotState = SnapshotState.RollingBack });
        _server.Catalog.Commit(transaction => GroupTable.Put(
            Catalog.SqlTransaction.Of(transaction),
            Groups.Find(groupId)! with { GroupState = SnapshotState.RollingBack }));
        _server.Disks.Terminate([pending.DiskId], false, false, TestServer.Caller);

        _server.Domain.Background.RunChoresOnce();

        Assert.Equal("NORMAL", Groups.Find(groupId)!.GroupState);
        Assert.Equal(2, Groups.Find(groupId)!.SnapshotIds.Count);
        Agreement.Check(_server);
    }

    [Fact]
    public void A_rollback_that_fails_in_its_midst_is_finished_in_the_background()
    {
        string[] disks = [_server.NewDisk(), _server.NewDisk(), _server.NewDisk()];
        WriteAll(disks, 1);
        var groupId = _server.NewGroup(disks);
        WriteAll(disks, 2);
        var pairs = Pairs(groupId);
        var readCount = 0;
        // Accepting reads the clock twice, and then each disk once: the second disk fails.
        _server.Clock.OnRead = () =>
        {
            if (++readCount >= 4)
                throw new Microsoft.Data.Sqlite.SqliteException("planned", 13);
        };

        Refusal.Of(
            ErrorCode.OperationFailed,
            () => Groups.Apply(groupId, pairs, new() { KeepsSafety = false }, TestServer.Caller));
        _server.Clock.OnRead = null;
        Assert.Equal("ROLLBACKING", Groups.Find(groupId)!.GroupState);
        Assert.Equal(
            ["UNATTACHED", "ROLLBACKING", "ROLLBACKING"], disks.Select(id => _server.Disks.Find(id)!.DiskState));
        Assert.Null(_server.Exports.Open(disks[2], TestServer.Client, out _));
        Refusal.Of(ErrorCode.WrongState, () => Groups.Apply(groupId, pairs, new(), TestServer.Caller));
        Refusal.Of(ErrorCode.WrongState, () => Groups.Delete([groupId], TestServer.Caller));
        _server.Domain.Background.RunChoresOnce();

        Assert.Equal([1, 1, 1], disks.Select(id => _server.Read(id, 0)));
        Assert.Equal("NORMAL", Groups.Find(groupId)!.GroupState);
        Agreement.Check(_server);
    }

    [Fact]
    public void A_device_that_fails_leaves_no_part_of_a_group()
    {
        string[] disks = [_server.NewDisk(), _server.NewDisk()];
        WriteAll(disks, 1);
        _server.SimulatedStore.Fail(SimulatedOperation.Sync, 2, StoreFault.Io);

        Refusal.Of(ErrorCode.OperationFailed, () => _server.NewGroup(disks));

        Assert.Empty(Groups.List(new()).Items);
        _server.Restart();
        Agreement.Check(_server);
        _server.NewGroup(disks);
        Agreement.Check(_server);
    }

    [Fact]
    public void A_deleted_group_comes_back_with_its_members()
    {
        using var server = new TestServer(options => options with { KeepDeleted = TimeSpan.FromDays(1) });
        var groupId = server.NewGroup(server.NewDisk(), server.NewDisk());
        var members = server.Domain.Groups.Find(groupId)!.SnapshotIds;

        server.Domain.Groups.Delete([groupId], TestServer.Caller);
        Assert.Null(server.Domain.Groups.Find(groupId));
        Assert.Empty(server.Domain.Groups.List(new()).Items);
        server.Snapshots.Restore(members, TestServer.Caller);
        Assert.Equal(members, server.Domain.Groups.Find(groupId)!.SnapshotIds);
        server.Domain.Groups.Delete([groupId], TestServer.Caller);
        server.Clock.Now += TimeSpan.FromDays(2);
        Assert.Equal(2, server.Snapshots.PurgeDeleted());

        Refusal.Of(ErrorCode.SnapshotNotFound, () => server.Snapshots.Restore(members, TestServer.Caller));
        server.Drain();
        Agreement.Check(server);
    }

    private IEnumerable<string> Find(string name, params string[] values) => Groups.List(
        new() { Filters = [new(name, values)] }).Items.Select(group => group.GroupId);

    private List<MemberRollback> Pairs(string groupId) => [.. Groups.Find(groupId)!.SnapshotIds.Select(
        id => new MemberRollback(id, _server.Snapshots.Find(id)!.DiskId))];

    private void WriteAll(string[] diskIds, byte value)
    {
        foreach (var diskId in diskIds)
            _server.Write(diskId, 0, value);
    }
}
