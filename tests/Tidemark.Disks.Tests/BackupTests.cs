using Tidemark.Disks.Accounts;
using Tidemark.Disks.Backups;
using Tidemark.Disks.Snapshots;

namespace Tidemark.Disks.Tests;

public sealed class BackupTests : IDisposable
{
    private readonly TestServer _server = new();

    private BackupOperations Backups => _server.Domain.Backups;

    public void Dispose() => _server.Dispose();

    [Fact]
    public void A_backup_point_is_listed_complete_at_once()
    {
        var diskId = _server.NewDiskWithBackups();
        _server.Write(diskId, 0, 1);

        var backupId = _server.NewBackup(diskId, "nightly");

        var backup = Assert.Single(Backups.List(new() { Ids = [backupId] }).Items);
        Assert.Matches("^dbp-[a-z0-9]{8}$", backupId);
        Assert.Equal(("nightly", "NORMAL", 100), (backup.BackupName, backup.BackupState, backup.Percent));
        Assert.Equal((diskId, 1L, "DATA_DISK"), (backup.DiskId, backup.DiskSizeGiB, backup.DiskUsage));
        Assert.Equal(_server.Clock.Now, backup.CreateTime);
        Assert.Equal(1, _server.Disks.Find(diskId)!.BackupCount);
        Assert.Equal(0, _server.SnapshotQuota.Used);
        Agreement.Check(_server);
    }

    [Fact]
    public void Labels_go_with_their_backup_point()
    {
        var backupId = _server.NewBackup(_server.NewDiskWithBackups());
        _server.Catalog.Commit(transaction => TagTable.Put(
            Catalog.SqlTransaction.Of(transaction), backupId, [new Tag("team", "a")]));

        Backups.Delete([backupId], TestServer.Caller);

        Assert.Empty(_server.Catalog.Read(reader => TagTable.Load(reader, [backupId])));
    }

    [Fact]
    public void The_oldest_is_listed_first_and_filters_find_them()
    {
        var (a, b) = (_server.NewDiskWithBackups(), _server.NewDiskWithBackups());
        var first = _server.NewBackup(a);
        _server.Clock.Now += TimeSpan.FromSeconds(1);
        var second = _server.NewBackup(b);

        Assert.Equal([first, second], Find("disk-usage", "DATA_DISK"));
        Assert.Equal([second], Find("disk-id", b));
        Assert.Equal([first], Find("disk-backup-id", first));
        Assert.Equal([second, first], Backups.List(new() { Order = "DESC" }).Items.Select(one => one.BackupId));
        Assert.Equal([second], Backups.List(new() { Offset = 1, Limit = 1 }).Items.Select(one => one.BackupId));
        Assert.Empty(Backups.List(new() { Ids = ["dbp-aaaaaaaa"] }).Items);
        Refusal.Of(ErrorCode.InvalidFilter, () => Find("zone", "test-1"));
        Refusal.Of(ErrorCode.InvalidParameter, () => Backups.List(
            new() { Ids = [first], Filters = [new("disk-id", [a])] }));
    }

    [Fact]
    public void A_disk_has_as_many_as_its_quota_allows()
    {
        var diskId = _server.NewDisk();
        Refusal.Of(ErrorCode.OverQuota, () => _server.NewBackup(diskId));
        Backups.SetQuota(diskId, 2, TestServer.Caller);
        _server.NewBackup(diskId);
        _server.NewBackup(diskId);

        var refusal = Refusal.Of(ErrorCode.OverQuota, () => _server.NewBackup(diskId));
        Assert.Contains("2 of 2", refusal.Message, StringComparison.Ordinal);
        Refusal.Of(ErrorCode.InvalidParameter, () => Backups.SetQuota(diskId, 1, TestServer.Caller));
        Refusal.Of(ErrorCode.InvalidParameterValue, () => Backups.SetQuota(diskId, 1025, TestServer.Caller));
        Assert.Equal((2, 2), (_server.Disks.Find(diskId)!.BackupQuota, _server.Disks.Find(diskId)!.BackupCount));
        Backups.SetQuota(diskId, 0, TestServer.Caller);

        Assert.Equal((0, 0), (_server.Disks.Find(diskId)!.BackupQuota, _server.Disks.Find(diskId)!.BackupCount));
        Assert.Empty(Backups.List(new()).Items);
        _server.Drain();
        Agreement.Check(_server);
    }

    [Fact]
    public void A_disk_goes_back_to_its_points_in_any_order()
    {
        var diskId = _server.NewDiskWithBackups();
        _server.Write(diskId, 0, 1);
        var first = _server.NewBackup(diskId);
        _server.Write(diskId, 0, 2);
        var second = _server.NewBackup(diskId);
        _server.Write(diskId, 0, 3);

        Backups.Apply(first, diskId, new(), TestServer.Caller);
        Assert.Equal(1, _server.Read(diskId, 0));
        Backups.Apply(second, diskId, new(), TestServer.Caller);

        Assert.Equal(2, _server.Read(diskId, 0));
        Assert.Equal(2, _server.Disks.Find(diskId)!.BackupCount);
        Agreement.Check(_server);
    }

    [Fact]
    public void A_point_is_applied_to_its_own_disk_only_and_never_under_a_client()
    {
        var (diskId, other) = (_server.NewDiskWithBackups(), _server.NewDiskWithBackups());
        var backupId = _server.NewBackup(diskId);
        var export = _server.OpenExport(diskId);
        _server.Domain.Clients.Disconnect = _ => export.Dispose();

        Refusal.Of(ErrorCode.DiskNotSupported, () => Backups.Apply(backupId, other, new(), TestServer.Caller));
        Refusal.Of(ErrorCode.DiskNotFound, () => Backups.Apply(backupId, "disk-aaaaaaaa", new(), TestServer.Caller));
        Refusal.Of(ErrorCode.ResourceNotFound, () => Backups.Apply("dbp-aaaaaaaa", diskId, new(), TestServer.Caller));
        Refusal.Of(ErrorCode.WrongState, () => Backups.Apply(backupId, diskId, new(), TestServer.Caller));
        Backups.Apply(backupId, diskId, new() { DisconnectsClients = true }, TestServer.Caller);
    }

    [Fact]
    public void A_point_becomes_a_snapshot_and_frees_its_place()
    {
        var diskId = _server.NewDiskWithBackups(1);
        _server.Write(diskId, 0, 7);
        var taken = _server.Clock.Now;
        var backupId = _server.NewBackup(diskId);
        _server.Write(diskId, 0, 8);
        _server.Clock.Now += TimeSpan.FromHours(1);

        var snapshotId = Backups.Convert(
            backupId, new() { SnapshotName = "kept", Tags = [new("k", "v")] }, TestServer.Caller);

        var snapshot = _server.Snapshots.Find(snapshotId)!;
        Assert.Equal(
            ("kept", SnapshotOrigin.Backup, diskId), (snapshot.SnapshotName, snapshot.Origin, snapshot.DiskId));
        Assert.Equal(taken, snapshot.CreateTime);
        Assert.Equal([new Tag("k", "v")], snapshot.Tags);
        Assert.Equal(7, _server.ReadLayer(snapshot.LayerId));
        Assert.Null(Backups.Find(backupId));
        Assert.Equal(0, _server.Disks.Find(diskId)!.BackupCount);
        _server.NewBackup(diskId);
        _server.Snapshots.Apply(snapshotId, diskId, new(), TestServer.Caller);
        Assert.Equal(7, _server.Read(diskId, 0));
        Agreement.Check(_server);
    }

    [Fact]
    public void A_conversion_is_held_to_the_rules_of_snapshots()
    {
        using var server = new TestServer(options => options with { SnapshotQuotaBase = 0, SnapshotQuotaPerDisk = 1 });
        var diskId = server.NewDiskWithBackups();
        var backupId = server.NewBackup(diskId);
        void Refuse(string code, CreateSnapshotRequest request, string? id = null) => Refusal.Of(
            code, () => server.Domain.Backups.Convert(id ?? backupId, request, TestServer.Caller));

        Refuse(ErrorCode.ResourceNotFound, new(), "dbp-aaaaaaaa");
        Refuse(ErrorCode.InvalidParameterValue, new(), "snap-aaaaaaaa");
        Refuse(ErrorCode.InvalidParameterValue, new() { SnapshotName = new string('x', 61) });
        Refuse(ErrorCode.InvalidParameterValue, new() { Deadline = server.Clock.Now });
        Refuse(ErrorCode.InvalidParameterValue, new() { DiskUsage = "ROOT" });
        Refuse(ErrorCode.InvalidParameter, new() { DiskId = "disk-aaaaaaaa" });
        server.NewSnapshot(diskId);
        Refuse(ErrorCode.SnapshotQuota, new() { DiskId = diskId });

        Assert.NotNull(server.Domain.Backups.Find(backupId));
        Agreement.Check(server);
    }

    [Fact]
    public void Points_are_deleted_all_or_none()
    {
        var diskId = _server.NewDiskWithBackups();
        var (first, second) = (_server.NewBackup(diskId), _server.NewBackup(diskId));

        Refusal.Of(ErrorCode.ResourceNotFound, () => Backups.Delete([first, "dbp-aaaaaaaa"], TestServer.Caller));
        Assert.NotNull(Backups.Find(first));
        Backups.Delete([second, first], TestServer.Caller);

        Assert.Empty(Backups.List(new()).Items);
        _server.Drain();
        Agreement.Check(_server);
    }

    [Fact]
    public void Points_die_with_their_disk_and_snapshots_do_not()
    {
        var diskId = _server.NewDiskWithBackups();
        _server.Write(diskId, 0, 1);
        var snapshotId = _server.NewSnapshot(diskId);
        _server.Write(diskId, 0, 2);
        _server.NewBackup(diskId);
        _server.NewBackup(diskId);

        _server.Disks.Terminate([diskId], false, false, TestServer.Caller);
        _server.Drain();

        Assert.Empty(Backups.List(new()).Items);
        Assert.Equal(1, _server.ReadLayer(_server.Snapshots.Find(snapshotId)!.LayerId));
        Agreement.Check(_server);
        _server.Restart();
        Agreement.Check(_server);
    }

    [Fact]
    public void Other_accounts_and_regions_see_no_point()
    {
        var diskId = _server.NewDiskWithBackups();
        var backupId = _server.NewBackup(diskId);
        var stranger = TestServer.Caller with { Scope = new Scope(TestRows.OtherAccountId, "test") };

        Assert.Null(Backups.Find(backupId, stranger.Scope));
        Assert.Empty(Backups.List(new(), stranger.Scope).Items);
        Refusal.Of(ErrorCode.ResourceNotFound, () => Backups.Delete([backupId], stranger));
        Refusal.Of(ErrorCode.ResourceNotFound, () => Backups.Convert(backupId, new(), stranger));
        Refusal.Of(ErrorCode.DiskNotFound, () => Backups.Apply(backupId, diskId, new(), stranger));
        Refusal.Of(ErrorCode.DiskNotFound, () => Backups.SetQuota(diskId, 5, stranger));
        Refusal.Of(ErrorCode.DiskNotFound, () => Backups.Create(diskId, null, stranger));
        Assert.Single(Backups.List(new(), TestRows.Home).Items);
    }

    [Fact]
    public void A_name_has_a_hundred_characters_at_most()
    {
        var diskId = _server.NewDiskWithBackups();

        _server.NewBackup(diskId, new string('я', 100));
        Refusal.Of(ErrorCode.InvalidParameterValue, () => _server.NewBackup(diskId, new string('x', 101)));
        Refusal.Of(ErrorCode.InvalidParameterValue, () => _server.NewBackup(diskId, "line\nbreak"));
    }

    private IEnumerable<string> Find(string name, params string[] values) => Backups.List(
        new() { Filters = [new(name, values)] }).Items.Select(backup => backup.BackupId);
}
