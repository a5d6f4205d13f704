using Tidemark.Disks.Groups;
using Tidemark.Disks.Snapshots;

namespace Tidemark.Disks.Tests;

/// <summary>Every action on groups and backup points in every state of disk, group and member.</summary>
public sealed class RollbackStateTests : IDisposable
{
    private const string Attached = DiskState.Attached;

    private readonly TestServer _server = new();

    public void Dispose() => _server.Dispose();

    [Theory]
    [InlineData(DiskState.Unattached, null, null, null)]
    [InlineData(Attached, null, ErrorCode.InstanceNotStopped, ErrorCode.InstanceNotStopped)]
    [InlineData(DiskState.Attaching, null, ErrorCode.Busy, ErrorCode.WrongState)]
    [InlineData(DiskState.Detaching, null, ErrorCode.Busy, ErrorCode.WrongState)]
    [InlineData(DiskState.Expanding, null, ErrorCode.Busy, ErrorCode.WrongState)]
    [InlineData(
        DiskState.RollingBack, ErrorCode.DiskRollingBack, ErrorCode.DiskRollingBack, ErrorCode.WrongState)]
    [InlineData(DiskState.ToRecycle, ErrorCode.DiskExpired, ErrorCode.DiskExpired, ErrorCode.DiskExpired)]
    public void Every_action_in_every_state_of_the_disk(string state, string? take, string? applyOne, string? applyAll)
    {
        var diskId = _server.NewDiskWithBackups();
        var (kept, turned, deleted) = (_server.NewBackup(diskId), _server.NewBackup(diskId), _server.NewBackup(diskId));
        var groupId = _server.NewGroup(diskId);
        var member = _server.Domain.Groups.Find(groupId)!.SnapshotIds[0];
        _server.ChangeDisk(diskId, disk => disk with
        {
            DiskState = state,
            InstanceId = state == Attached ? "ins-aaaaaaaa" : string.Empty,
        });

        var backups = _server.Domain.Backups;
        Expect(applyAll, () => _server.Domain.Groups.Apply(
            groupId, [new MemberRollback(member, diskId)], new(), TestServer.Caller));
        Expect(applyOne, () => backups.Apply(kept, diskId, new(), TestServer.Caller));
        Expect(take, () => _server.NewGroup(diskId));
        Expect(take, () => _server.NewBackup(diskId));
        Expect(take, () => backups.Convert(turned, new(), TestServer.Caller));
        Expect(null, () => backups.Delete([deleted], TestServer.Caller));
        Expect(null, () => _server.Domain.Groups.Delete([groupId], TestServer.Caller));
        Expect(
            state == DiskState.ToRecycle ? ErrorCode.DiskExpired : null,
            () => backups.SetQuota(diskId, 0, TestServer.Caller));
        Assert.Equal(state, _server.Disks.Find(diskId)!.DiskState);
    }

    [Theory]
    [InlineData(SnapshotState.Creating)]
    [InlineData(SnapshotState.RollingBack)]
    public void A_group_that_is_busy_is_neither_applied_nor_deleted(string state)
    {
        var diskId = _server.NewDisk();
        var groupId = _server.NewGroup(diskId);
        var group = _server.Domain.Groups.Find(groupId)!;
        _server.Catalog.Commit(transaction => GroupTable.Put(
            Catalog.SqlTransaction.Of(transaction), group with { GroupState = state }));

        Expect(ErrorCode.WrongState, () => _server.Domain.Groups.Delete([groupId], TestServer.Caller));
        Expect(ErrorCode.WrongState, () => _server.Domain.Groups.Apply(
            groupId, [new MemberRollback(group.SnapshotIds[0], diskId)], new(), TestServer.Caller));
    }

    [Theory]
    [InlineData(SnapshotState.Creating)]
    [InlineData(SnapshotState.RollingBack)]
    public void A_member_that_is_busy_keeps_its_group(string state)
    {
        var diskId = _server.NewDisk();
        var groupId = _server.NewGroup(diskId);
        var member = _server.Domain.Groups.Find(groupId)!.SnapshotIds[0];
        _server.ChangeSnapshot(member, snapshot => snapshot with { SnapshotState = state });

        Expect(ErrorCode.WrongState, () => _server.Domain.Groups.Delete([groupId], TestServer.Caller));
        Expect(ErrorCode.WrongState, () => _server.Domain.Groups.Apply(
            groupId, [new MemberRollback(member, diskId)], new(), TestServer.Caller));
        Assert.NotNull(_server.Snapshots.Find(member));
    }

    [Fact]
    public void Disks_on_several_instances_have_a_code_of_their_own()
    {
        string[] disks = [_server.NewDisk(), _server.NewDisk()];
        var groupId = _server.NewGroup(disks);
        var members = _server.Domain.Groups.Find(groupId)!.SnapshotIds;
        for (var index = 0; index < disks.Length; index++)
        {
            var instanceId = $"ins-aaaaaaa{index}";
            _server.ChangeDisk(disks[index], disk => disk with { DiskState = Attached, InstanceId = instanceId });
        }

        Expect(ErrorCode.GroupOnSeveralInstances, () => _server.Domain.Groups.Apply(
            groupId, [new(members[0], disks[0]), new(members[1], disks[1])], new(), TestServer.Caller));
        Expect(ErrorCode.InstanceNotStopped, () => _server.Domain.Groups.Apply(
            groupId, [new(members[0], disks[0])], new(), TestServer.Caller));
    }

    [Fact]
    public void Disks_of_one_instance_are_rolled_back_when_it_may_be_stopped()
    {
        var diskId = _server.NewDiskWithBackups();
        _server.Write(diskId, 0, 1);
        var groupId = _server.NewGroup(diskId);
        var backupId = _server.NewBackup(diskId);
        MemberRollback[] all = [new(_server.Domain.Groups.Find(groupId)!.SnapshotIds[0], diskId)];
        _server.ChangeDisk(diskId, disk => disk with { DiskState = Attached, InstanceId = "ins-aaaaaaaa" });
        var stops = new RollbackOptions { StopsInstance = true };

        _server.Write(diskId, 0, 2);
        _server.Domain.Groups.Apply(groupId, all, stops, TestServer.Caller);
        Assert.Equal((1, Attached), (_server.Read(diskId, 0), _server.Disks.Find(diskId)!.DiskState));
        _server.Write(diskId, 0, 2);
        _server.Domain.Backups.Apply(backupId, diskId, stops with { StartsInstance = true }, TestServer.Caller);
        Assert.Equal((1, Attached), (_server.Read(diskId, 0), _server.Disks.Find(diskId)!.DiskState));

        var starts = new RollbackOptions { StartsInstance = true };
        Expect(ErrorCode.InvalidParameterValue, () => _server.Domain.Groups.Apply(
            groupId, all, starts, TestServer.Caller));
        Expect(ErrorCode.InvalidParameterValue, () => _server.Domain.Backups.Apply(
            backupId, diskId, starts, TestServer.Caller));
    }

    [Fact]
    public void Nobody_gets_to_a_disk_whose_rollback_is_not_finished()
    {
        var diskId = _server.NewDisk();
        _server.ChangeDisk(diskId, disk => disk with { DiskState = DiskState.RollingBack });

        Assert.Null(_server.Exports.Open(diskId, TestServer.Client, out var refusal));
        Assert.Contains("rolled back", refusal!.Message, StringComparison.Ordinal);
    }

    private static void Expect(string? code, Action action)
    {
        if (code is null)
            action();
        else
            Refusal.Of(code, action);
    }
}
