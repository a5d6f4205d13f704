using Tidemark.Catalog;
using Tidemark.Catalog.Schema;
using Tidemark.Disks.Snapshots;

namespace Tidemark.Disks.Tests;

/// <summary>Every action on snapshots in every state of the snapshot and of its disk.</summary>
public sealed class SnapshotStatesTests : IDisposable
{
    private const string Allowed = "";

    private readonly TestServer _server = new();

    public static TheoryData<string, string, string, string, string> SnapshotStates => new()
    {
        // State, then what DeleteSnapshots, ModifySnapshotAttribute, ApplySnapshot and CreateDisks answer.
        { "NORMAL", Allowed, Allowed, Allowed, Allowed },
        {
            "CREATING", ErrorCode.SnapshotCreating, Allowed, ErrorCode.SnapshotCreating,
            ErrorCode.SnapshotNotSupported
        },
        { "ROLLBACKING", ErrorCode.Busy, Allowed, ErrorCode.Busy, ErrorCode.SnapshotNotSupported },
        {
            "COPYING_FROM_REMOTE", ErrorCode.SnapshotCreating, Allowed, ErrorCode.SnapshotCreating,
            ErrorCode.SnapshotNotSupported
        },
        {
            "CHECKING_COPIED", ErrorCode.SnapshotCreating, Allowed, ErrorCode.SnapshotCreating,
            ErrorCode.SnapshotNotSupported
        },
    };

    public static TheoryData<string, string, string, string> DiskStates => new()
    {
        // State, then what CreateSnapshot, ApplySnapshot and InitializeDisks answer.
        { "UNATTACHED", Allowed, Allowed, Allowed },
        { "ATTACHED", Allowed, ErrorCode.InstanceNotStopped, ErrorCode.WrongState },
        { "ATTACHING", Allowed, ErrorCode.Busy, ErrorCode.Busy },
        { "DETACHING", Allowed, ErrorCode.Busy, ErrorCode.Busy },
        { "EXPANDING", Allowed, ErrorCode.DiskBusy, ErrorCode.DiskBusy },
        {
            "ROLLBACKING", ErrorCode.DiskRollingBack, ErrorCode.DiskRollingBack, ErrorCode.DiskRollingBack
        },
        { "TORECYCLE", ErrorCode.DiskExpired, ErrorCode.DiskExpired, ErrorCode.DiskExpired },
    };

    public void Dispose() => _server.Dispose();

    [Theory]
    [MemberData(nameof(SnapshotStates))]
    public void A_snapshot_in_each_state(string state, string delete, string modify, string apply, string create)
    {
        var diskId = _server.NewDisk();
        var snapshotId = _server.NewSnapshot(diskId);
        Change(snapshotId, snapshot => snapshot with { SnapshotState = state });

        Expect(apply, () => _server.Snapshots.Apply(snapshotId, diskId, new(), TestServer.Caller));
        Expect(create, () => _server.Disks.Create(new() { SnapshotId = snapshotId }, TestServer.Caller));
        Expect(modify, () => Rename(snapshotId));
        Expect(Allowed, () => _server.Snapshots.SetLock([snapshotId], true, TestServer.Caller));
        Expect(Allowed, () => _server.Snapshots.SetLock([snapshotId], false, TestServer.Caller));
        Expect(delete, () => _server.Snapshots.Delete([snapshotId], TestServer.Caller));
        Assert.Equal(delete == Allowed, _server.Snapshots.Find(snapshotId) is null);
    }

    [Theory]
    [MemberData(nameof(DiskStates))]
    public void A_disk_in_each_state(string state, string create, string apply, string initialize)
    {
        var diskId = _server.NewDisk();
        var snapshotId = _server.NewSnapshot(diskId);
        _server.Catalog.Commit(transaction =>
        {
            var rows = SqlTransaction.Of(transaction);
            DiskTable.Put(rows, DiskTable.Get(rows.Rows, diskId) with
            {
                DiskState = state,
                InstanceId = state == DiskState.Attached ? "ins-00000001" : string.Empty,
            });
        });

        Expect(create, () => _server.NewSnapshot(diskId));
        Expect(apply, () => _server.Snapshots.Apply(snapshotId, diskId, new(), TestServer.Caller));
        Expect(initialize, () => _server.Domain.Initialization.Run([diskId], false, true, TestServer.Caller));
    }

    [Fact]
    public void A_locked_snapshot_stays_and_can_be_used()
    {
        var diskId = _server.NewDisk();
        var snapshotId = _server.NewSnapshot(diskId);
        _server.Snapshots.SetLock([snapshotId], true, TestServer.Caller);

        Assert.True(_server.Snapshots.Find(snapshotId)!.IsLocked);
        Expect(
            ErrorCode.SnapshotNotSupported, () => _server.Snapshots.Delete([snapshotId], TestServer.Caller));
        Expect(ErrorCode.SnapshotNotSupported, () => Rename(snapshotId));
        _server.Snapshots.Apply(snapshotId, diskId, new(), TestServer.Caller);
        _server.Disks.Create(new() { SnapshotId = snapshotId }, TestServer.Caller);
        _server.Snapshots.SetLock([snapshotId], false, TestServer.Caller);
        _server.Snapshots.Delete([snapshotId], TestServer.Caller);

        Assert.Null(_server.Snapshots.Find(snapshotId));
    }

    [Fact]
    public void Locks_are_set_on_all_or_none()
    {
        var snapshotId = _server.NewSnapshot(_server.NewDisk());

        Expect(
            ErrorCode.SnapshotNotFound,
            () => _server.Snapshots.SetLock([snapshotId, "snap-aaaaaaaa"], true, TestServer.Caller));

        Assert.False(_server.Snapshots.Find(snapshotId)!.IsLocked);
    }

    [Fact]
    public void A_shared_snapshot_is_neither_deleted_nor_changed()
    {
        var snapshotId = _server.NewSnapshot(_server.NewDisk());
        Share(snapshotId, "100000000002");

        Expect(ErrorCode.SnapshotShared, () => _server.Snapshots.Delete([snapshotId], TestServer.Caller));
        Expect(ErrorCode.SnapshotShared, () => Rename(snapshotId));
        _server.Catalog.Commit(transaction =>
            SqlTransaction.Of(transaction).Delete(CatalogTables.SnapshotShares, snapshotId));

        _server.Snapshots.Delete([snapshotId], TestServer.Caller);
    }

    [Fact]
    public void The_source_of_a_running_copy_is_not_deleted()
    {
        var diskId = _server.NewDisk();
        var source = _server.NewSnapshot(diskId);
        var copy = _server.NewSnapshot(diskId);
        Change(copy, snapshot => snapshot with
        {
            CopySourceId = source,
            SnapshotState = SnapshotState.CopyingFromRemote,
            Region = "other",
        });

        Assert.Equal(["other"], _server.Snapshots.Find(source)!.CopyingToRegions);
        Expect(ErrorCode.Busy, () => _server.Snapshots.Delete([source], TestServer.Caller));
        Change(copy, snapshot => snapshot with { SnapshotState = SnapshotState.Normal });
        Expect(
            ErrorCode.SnapshotNotSupported, () => _server.Snapshots.Apply(copy, diskId, new(), TestServer.Caller));

        Assert.Empty(_server.Snapshots.Find(source)!.CopyingToRegions);
        _server.Snapshots.Delete([source], TestServer.Caller);
    }

    [Fact]
    public void Expiry_goes_on_past_what_cannot_go()
    {
        var diskId = _server.NewDisk();
        var deadline = _server.Clock.Now.AddDays(1);
        var locked = _server.NewSnapshot(diskId, deadline: deadline);
        var shared = _server.NewSnapshot(diskId, deadline: deadline);
        var copied = _server.NewSnapshot(diskId, deadline: deadline);
        var free = _server.NewSnapshot(diskId, deadline: deadline);
        var copy = _server.NewSnapshot(diskId);
        _server.Snapshots.SetLock([locked], true, TestServer.Caller);
        Share(shared, "100000000002");
        Change(copy, snapshot => snapshot with
        {
            CopySourceId = copied,
            SnapshotState = SnapshotState.CopyingFromRemote,
        });
        _server.Clock.Now += TimeSpan.FromDays(2);

        Assert.Equal(1, _server.Snapshots.DeleteExpired());

        Assert.Null(_server.Snapshots.Find(free));
        Assert.All([locked, shared, copied], id => Assert.NotNull(_server.Snapshots.Find(id)));
        Assert.Equal(0, _server.Snapshots.DeleteExpired());
        _server.Snapshots.SetLock([locked], false, TestServer.Caller);
        Assert.Equal(1, _server.Snapshots.DeleteExpired());
    }

    [Fact]
    public void One_refusal_does_not_stop_the_expiry_of_others()
    {
        var diskId = _server.NewDisk();
        var deadline = _server.Clock.Now.AddDays(1);
        var gone = _server.NewSnapshot(diskId, deadline: deadline);
        var other = _server.NewSnapshot(diskId, deadline: deadline);
        // The engine does not know this layer, so the batch as a whole is refused.
        Change(gone, snapshot => snapshot with { LayerId = 999_999 });
        _server.Clock.Now += TimeSpan.FromDays(2);

        Assert.Equal(1, _server.Snapshots.DeleteExpired());

        Assert.Null(_server.Snapshots.Find(other));
    }

    [Fact]
    public void Termination_with_snapshots_leaves_locked_ones()
    {
        var diskId = _server.NewDisk();
        var deadline = _server.Clock.Now.AddDays(1);
        var locked = _server.NewSnapshot(diskId, deadline: deadline);
        var free = _server.NewSnapshot(diskId, deadline: deadline);
        _server.Snapshots.SetLock([locked], true, TestServer.Caller);

        _server.Disks.Terminate([diskId], true, false, TestServer.Caller);

        Assert.NotNull(_server.Snapshots.Find(locked));
        Assert.Null(_server.Snapshots.Find(free));
    }

    private void Change(string snapshotId, Func<Snapshot, Snapshot> change) =>
        _server.Catalog.Commit(transaction =>
        {
            var rows = SqlTransaction.Of(transaction);
            SnapshotTable.Put(rows, change(SnapshotTable.Get(rows.Rows, snapshotId)));
        });

    private void Share(string snapshotId, string accountId) => _server.Catalog.Commit(transaction =>
        SqlTransaction.Of(transaction).Put(CatalogTables.SnapshotShares, snapshotId, accountId, 1L));

    private void Rename(string snapshotId) => _server.Snapshots.Modify(
        new() { SnapshotId = snapshotId, SnapshotName = "renamed" }, TestServer.Caller);

    private static void Expect(string code, Action action)
    {
        if (code == Allowed)
            action();
        else
            Refusal.Of(code, action);
    }
}
