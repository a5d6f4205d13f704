using Tidemark.Catalog;
using Tidemark.Disks.Snapshots;

namespace Tidemark.Disks.Tests;

/// <summary>A snapshot is changed while something that would delete it waits for its commit.</summary>
public sealed class LostLockTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_snapshot_outlives_its_disk_that_is_being_terminated(int keptDays)
    {
        using var server = NewServer(keptDays);
        var diskId = server.NewDisk();
        var snapshotId = server.NewSnapshot(diskId, deadline: server.Clock.Now.AddDays(2));

        var refusal = ChangeDuring(
            server, snapshotId, Lock, () => server.Disks.Terminate([diskId], true, false, TestServer.Caller));

        Assert.True(server.Snapshots.Find(snapshotId)?.IsLocked);
        // Refused as a whole, or carried out after the lock and without the snapshot.
        Assert.Equal(refusal is not null, server.Disks.Find(diskId) is not null);
        Assert.True(refusal is null or { Code: ErrorCode.Busy }, refusal?.Code);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_member_keeps_its_group_that_is_being_deleted(int keptDays)
    {
        using var server = NewServer(keptDays);
        var groupId = server.NewGroup(server.NewDisk(), server.NewDisk());
        var memberId = server.Domain.Groups.Find(groupId)!.SnapshotIds[1];

        var refusal = ChangeDuring(
            server, memberId, Lock, () => server.Domain.Groups.Delete([groupId], TestServer.Caller));

        Assert.Equal(ErrorCode.WrongState, refusal?.Code);
        Assert.True(server.Snapshots.Find(memberId)?.IsLocked);
        Assert.Equal(2, server.Domain.Groups.Find(groupId)!.SnapshotIds.Count);
    }

    [Fact]
    public void A_snapshot_that_was_brought_back_and_deleted_again_is_kept_from_then_on()
    {
        using var server = NewServer(1);
        var snapshotId = server.NewSnapshot(server.NewDisk());
        server.Snapshots.Delete([snapshotId], TestServer.Caller);
        server.Clock.Now += TimeSpan.FromDays(1);

        var refusal = ChangeDuring(
            server,
            snapshotId,
            snapshot => snapshot with { DeletedTime = server.Clock.Now },
            () => server.Snapshots.PurgeDeleted());

        Assert.True(refusal is null or { Code: ErrorCode.Busy }, refusal?.Code);
        server.Snapshots.Restore([snapshotId], TestServer.Caller);
    }

    private static Snapshot Lock(Snapshot snapshot) => snapshot with { IsLocked = true };

    private static TestServer NewServer(int keptDays) =>
        new(options => options with { KeepDeleted = TimeSpan.FromDays(keptDays) });

    // The action has read its rows, and waits, before the change is committed.
    private static DomainException? ChangeDuring(
        TestServer server, string snapshotId, Func<Snapshot, Snapshot> change, Action act)
    {
        DomainException? refusal = null;
        var thread = new Thread(() => refusal = Record.Exception(act) as DomainException);
        server.Catalog.Commit(transaction =>
        {
            var rows = SqlTransaction.Of(transaction);
            var snapshot = SnapshotTable.Find(rows.Rows, snapshotId)
                ?? SnapshotTable.FindDeleted(rows.Rows, snapshotId)!;
            SnapshotTable.Put(rows, change(snapshot));
            thread.Start();
            SpinWait.SpinUntil(() => thread.ThreadState.HasFlag(ThreadState.WaitSleepJoin), Patience);
        });
        thread.Join();
        return refusal;
    }
}
