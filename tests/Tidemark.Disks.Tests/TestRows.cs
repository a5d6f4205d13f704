using Tidemark.Catalog;
using Tidemark.Catalog.Schema;
using Tidemark.Disks.Accounts;
using Tidemark.Disks.Snapshots;
using Tidemark.Engine;

namespace Tidemark.Disks.Tests;

/// <summary>Puts into the catalog what no action that a test has makes, and reads what none shows.</summary>
internal static class TestRows
{
    public const string OtherAccountId = "100000000002";

    public static readonly Scope Home = new(Scope.FirstAccountId, "test");

    public static void ChangeDisk(this TestServer server, string diskId, Func<Disk, Disk> change) =>
        server.Catalog.Commit(transaction =>
        {
            var rows = SqlTransaction.Of(transaction);
            DiskTable.Put(rows, change(DiskTable.Get(rows.Rows, diskId)));
        });

    public static void ChangeSnapshot(this TestServer server, string snapshotId, Func<Snapshot, Snapshot> change) =>
        server.Catalog.Commit(transaction =>
        {
            var rows = SqlTransaction.Of(transaction);
            SnapshotTable.Put(rows, change(SnapshotTable.Get(rows.Rows, snapshotId)));
        });

    public static void AddAccount(this TestServer server, string accountId) => server.Catalog.Commit(transaction =>
        SqlTransaction.Of(transaction).Put(CatalogTables.Accounts, accountId, "other", 1L));

    public static string NewGroup(this TestServer server, params string[] diskIds) =>
        server.Domain.Groups.Create(new() { DiskIds = diskIds, GroupName = "g" }, TestServer.Caller);

    public static string NewBackup(this TestServer server, string diskId, string? name = null) =>
        server.Domain.Backups.Create(diskId, name, TestServer.Caller);

    /// <summary>A new disk that may have backup points.</summary>
    public static string NewDiskWithBackups(this TestServer server, int quota = 4)
    {
        var diskId = server.NewDisk();
        server.Domain.Backups.SetQuota(diskId, quota, TestServer.Caller);
        return diskId;
    }

    /// <summary>The first byte of a block of what a snapshot or a backup point names.</summary>
    public static byte ReadLayer(this TestServer server, long layerId, long offset = 0)
    {
        using var view = server.Engine.OpenView(layerId);
        var block = new byte[4096];
        Assert.Equal(IoResult.Done, view.Read(offset, block));
        return block[0];
    }
}
