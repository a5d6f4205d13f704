using Tidemark.Disks.Groups;

namespace Tidemark.Disks.Tests;

/// <summary>Each action on groups, backup points, shares and copies is done as a whole or not at all.</summary>
public sealed class InterruptedActionTests
{
    [Fact]
    public void CreateSnapshotGroup() => Interruption.AtEveryStep(
        server => new[] { server.NewDisk(), server.NewDisk(), server.NewDisk() },
        (server, disks) => server.NewGroup(disks),
        (server, disks) =>
        {
            var groups = server.Domain.Groups.List(new()).Items;
            Assert.Equal(groups.Count * disks.Length, server.SnapshotQuota.Used);
            return groups.Count == 1;
        });

    [Fact]
    public void ApplySnapshotGroup() => Interruption.AtEveryStep(
        server =>
        {
            string[] disks = [server.NewDisk(), server.NewDisk(), server.NewDisk()];
            WriteAll(server, disks, 1);
            var groupId = server.NewGroup(disks);
            WriteAll(server, disks, 2);
            return (Disks: disks, Group: server.Domain.Groups.Find(groupId)!);
        },
        (server, state) => server.Domain.Groups.Apply(
            state.Group.GroupId,
            [.. state.Group.SnapshotIds.Zip(state.Disks, (id, diskId) => new MemberRollback(id, diskId))],
            new(),
            TestServer.Caller),
        (server, state) =>
        {
            Assert.Equal("NORMAL", server.Domain.Groups.Find(state.Group.GroupId)!.GroupState);
            Assert.All(state.Disks, id => Assert.Equal("UNATTACHED", server.Disks.Find(id)!.DiskState));
            return Assert.Single(state.Disks.Select(id => server.Read(id, 0)).Distinct()) == 1;
        });

    [Fact]
    public void DeleteSnapshotGroup() => Interruption.AtEveryStep(
        server => server.NewGroup(server.NewDisk(), server.NewDisk()),
        (server, groupId) => server.Domain.Groups.Delete([groupId], TestServer.Caller),
        (server, groupId) => Gone(server.Domain.Groups.Find(groupId) is null, server.SnapshotQuota.Used, 2));

    [Fact]
    public void CreateDiskBackup() => Interruption.AtEveryStep(
        server => server.NewDiskWithBackups(),
        (server, diskId) => server.NewBackup(diskId),
        (server, diskId) => server.Domain.Backups.List(new()).TotalCount == 1);

    [Fact]
    public void ApplyDiskBackup() => Interruption.AtEveryStep(
        server =>
        {
            var diskId = server.NewDiskWithBackups();
            server.Write(diskId, 0, 1);
            var backupId = server.NewBackup(diskId);
            server.Write(diskId, 0, 2);
            return (DiskId: diskId, BackupId: backupId);
        },
        (server, state) => server.Domain.Backups.Apply(state.BackupId, state.DiskId, new(), TestServer.Caller),
        (server, state) => server.Read(state.DiskId, 0) == 1);

    [Fact]
    public void DeleteDiskBackups() => Interruption.AtEveryStep(
        TwoBackups,
        (server, state) => server.Domain.Backups.Delete(state.BackupIds, TestServer.Caller),
        (server, state) => Gone(
            server.Domain.Backups.Find(state.BackupIds[0]) is null,
            server.Domain.Backups.List(new()).TotalCount,
            2));

    [Fact]
    public void ModifyDiskBackupQuota() => Interruption.AtEveryStep(
        TwoBackups,
        (server, state) => server.Domain.Backups.SetQuota(state.DiskId, 0, TestServer.Caller),
        (server, state) => Gone(
            server.Disks.Find(state.DiskId)!.BackupQuota == 0, server.Domain.Backups.List(new()).TotalCount, 2));

    [Fact]
    public void CreateSnapshot_of_a_backup_point() => Interruption.AtEveryStep(
        server => server.NewBackup(server.NewDiskWithBackups()),
        (server, backupId) => server.Domain.Backups.Convert(backupId, new(), TestServer.Caller),
        (server, backupId) => Gone(
            server.Domain.Backups.Find(backupId) is null, 1 - server.SnapshotQuota.Used, 1));

    [Fact]
    public void TerminateDisks_with_backup_points() => Interruption.AtEveryStep(
        TwoBackups,
        (server, state) => server.Disks.Terminate([state.DiskId], false, false, TestServer.Caller),
        (server, state) => Gone(
            server.Disks.Find(state.DiskId) is null, server.Domain.Backups.List(new()).TotalCount, 2));

    [Fact]
    public void ModifySnapshotsSharePermission() => Interruption.AtEveryStep(
        server =>
        {
            server.AddAccount(TestRows.OtherAccountId);
            var diskId = server.NewDisk();
            return new[] { server.NewSnapshot(diskId), server.NewSnapshot(diskId) };
        },
        (server, ids) => server.Domain.Sharing.Share(ids, [TestRows.OtherAccountId], TestServer.Caller),
        (server, ids) => Assert.Single(ids.Select(id => server.Domain.Sharing.List(id).Count).Distinct()) == 1);

    [Fact]
    public void CopySnapshotCrossRegions() => Interruption.AtEveryStep(
        server => server.NewSnapshot(server.NewDisk()),
        (server, snapshotId) =>
        {
            server.Domain.Copies.Copy(snapshotId, ["far"], null, TestServer.Caller);
            server.Domain.Copies.Advance();
            server.Domain.Copies.Advance();
        },
        (server, snapshotId) =>
        {
            // What goes on by itself is let go on.
            server.Domain.Copies.Advance();
            server.Domain.Copies.Advance();
            var others = server.Snapshots.List(new()).Items.Where(one => one.SnapshotId != snapshotId).ToList();
            Assert.All(others, copy => Assert.Equal("NORMAL", copy.SnapshotState));
            return others.Count == 1;
        });

    private static (string DiskId, string[] BackupIds) TwoBackups(TestServer server)
    {
        var diskId = server.NewDiskWithBackups();
        return (diskId, [server.NewBackup(diskId), server.NewBackup(diskId)]);
    }

    // What is gone has taken everything along, and what is there has everything still.
    private static bool Gone(bool isGone, long leftCount, long wholeCount)
    {
        Assert.Equal(isGone ? 0 : wholeCount, leftCount);
        return isGone;
    }

    private static void WriteAll(TestServer server, string[] disks, byte value)
    {
        foreach (var diskId in disks)
            server.Write(diskId, 0, value);
    }
}
