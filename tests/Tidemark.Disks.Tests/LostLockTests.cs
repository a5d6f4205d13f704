using Tidemark.Catalog;
using Tidemark.Disks.Snapshots;

namespace Tidemark.Disks.Tests;

/// <summary>A snapshot is locked while something that would delete it waits for its commit.</summary>
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

        var refusal = LockDuring(
            server, snapshotId, () => server.Disks.Terminate([diskId], true, false, TestServer.Caller));

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

        var refusal = LockDuring(
            server, memberId, () => server.Domain.Groups.Delete([groupId], TestServer.Caller));

        Assert.Equal(ErrorCode.WrongState, refusal?.Code);
        Assert.True(server.Snapshots.Find(memberId)?.IsLocked);
        Assert.Equal(2, server.Domain.Groups.Find(groupId)!.SnapshotIds.Count);
    }

    private static TestServer NewServer(int keptDays) =>
        new(options => options with { KeepDeleted = TimeSpan.FromDays(keptDays) });

    // The action has read its rows, and waits, before the lock is committed.
    private static DomainException? LockDuring(TestServer server, string snapshotId, Action act)
    {
        DomainException? refusal = null;
        var thread = new Thread(() => refusal = Record.Exception(act) as DomainException);
        server.Catalog.Commit(transaction =>
        {
            var rows = SqlTransaction.Of(transaction);
            SnapshotTable.Put(rows, SnapshotTable.Get(rows.Rows, snapshotId) with { IsLocked = true });
            thread.Start();
            SpinWait.SpinUntil(() => thread.ThreadState.HasFlag(ThreadState.WaitSleepJoin), Patience);
        });
        thread.Join();
        return refusal;
    }
}
