namespace Tidemark.Disks.Tests;

public sealed class CreateDisksTests : IDisposable
{
    private const string TokenKey = "100000000001/test/t";

    private readonly TestServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public void A_disk_is_there_at_once_with_its_defaults()
    {
        var diskId = _server.NewDisk(sizeGiB: 20);

        var disk = _server.Disks.Find(diskId)!;
        Assert.Matches("^disk-[a-z0-9]{8}$", diskId);
        Assert.Equal("unnamed", disk.DiskName);
        Assert.Equal(20, disk.DiskSizeGiB);
        Assert.Equal("CLOUD_PREMIUM", disk.DiskType);
        Assert.Equal("POSTPAID_BY_HOUR", disk.DiskChargeType);
        Assert.Equal("DATA_DISK", disk.DiskUsage);
        Assert.Equal("UNATTACHED", disk.DiskState);
        Assert.Equal("test-1", disk.Zone);
        Assert.Equal(_server.Clock.Now, disk.CreateTime);
        Assert.Null(disk.DeadlineTime);
        Assert.Equal(20L << 30, _server.Engine.OpenDisk(diskId).SizeBytes);
        Assert.Equal(0, _server.Read(diskId, 0));
    }

    [Fact]
    public void Several_disks_are_numbered()
    {
        var ids = _server.Disks.Create(new() { DiskName = "db", DiskSize = 1, DiskCount = 3 }, TestServer.Caller);

        Assert.Equal(["db_0", "db_1", "db_2"], ids.Select(id => _server.Disks.Find(id)!.DiskName));
    }

    [Fact]
    public void What_was_given_is_kept_over_a_restart()
    {
        var diskId = _server.Disks.Create(
            new()
            {
                DiskName = "базы",
                DiskSize = 10,
                DiskType = "CLOUD_SSD",
                DiskChargeType = "PREPAID",
                PrepaidPeriod = 3,
                RenewFlag = "NOTIFY_AND_AUTO_RENEW",
                Zone = "test-2",
                ProjectId = 7,
                Tags = [new("team", "db"), new("env", "prod")],
                ThroughputPerformance = 100,
                BurstPerformance = true,
                DeleteSnapshot = 1,
            },
            TestServer.Caller)[0];
        var before = _server.Disks.Find(diskId)!;

        _server.Restart();

        var after = _server.Disks.Find(diskId)!;
        Assert.Equal(before with { Tags = [], PolicyIds = [] }, after with { Tags = [], PolicyIds = [] });
        Assert.Equal([new Tag("env", "prod"), new Tag("team", "db")], after.Tags);
        Assert.Equal(_server.Clock.Now.AddMonths(3), after.DeadlineTime);
        Assert.True(after.DeleteSnapshot);
    }

    [Fact]
    public void Wrong_values_are_refused_with_their_codes()
    {
        var good = new CreateDisksRequest { DiskSize = 1 };
        RefuseAll(ErrorCode.MissingParameter, [new(), good with { DiskChargeType = "PREPAID" }]);
        RefuseAll(
            ErrorCode.DiskConfigNotSupported, [good with { Encrypt = "ENCRYPT" }, good with { Shareable = true }]);
        RefuseAll(ErrorCode.SnapshotNotFound, [good with { SnapshotId = "snap-aaaaaaaa" }]);
        RefuseAll(
            ErrorCode.InvalidParameterValue,
            [
                good with { DiskSize = 0 },
                good with { DiskSize = 32769 },
                good with { DiskCount = 0 },
                good with { DiskCount = 51 },
                good with { Zone = "elsewhere-1" },
                good with { DiskType = "CLOUD_GOLD" },
                good with { DiskChargeType = "FREE" },
                good with { DiskName = new string('x', 61) },
                good with { DiskName = new string('я', 31) },
                good with { DiskName = "line\nbreak" },
                good with { DiskName = new string('x', 59), DiskCount = 2 },
                good with { ClientToken = new string('t', 65) },
                good with { ClientToken = "ключ" },
                good with { SnapshotId = "snap-XYZ" },
                good with { DiskChargeType = "PREPAID", PrepaidPeriod = 13 },
                good with { Tags = [new("a", "1"), new("a", "2")] },
                good with { Tags = [new("", "1")] },
                good with { ProjectId = -1 },
            ]);
        Assert.Empty(_server.Engine.DiskIds);
    }

    [Fact]
    public void A_repeated_token_gives_the_same_disks_whatever_order_the_tags_have()
    {
        var request = new CreateDisksRequest
        {
            DiskSize = 1,
            DiskCount = 2,
            ClientToken = "cls-1/pvc-2",
            Tags = [new("a", "1"), new("b", "2")],
        };
        var first = _server.Disks.Create(request, TestServer.Caller);

        var again = _server.Disks.Create(
            request with { Tags = [new("b", "2"), new("a", "1")] }, TestServer.Caller);
        _server.Restart();
        var afterRestart = _server.Disks.Create(request, TestServer.Caller);

        Assert.Equal(first, again);
        Assert.Equal(first, afterRestart);
        Assert.Equal(2, _server.Engine.DiskIds.Count);
    }

    [Fact]
    public void A_token_with_another_content_is_refused()
    {
        var request = new CreateDisksRequest { DiskSize = 1, ClientToken = "t" };
        _server.Disks.Create(request, TestServer.Caller);

        Refusal.Of(
            ErrorCode.InvalidClientToken, () => _server.Disks.Create(request with { DiskSize = 2 }, TestServer.Caller));
        Refusal.Of(ErrorCode.InvalidClientToken, () => _server.Disks.Create(
            request with { DiskBackupQuota = 1 }, TestServer.Caller));
    }

    [Fact]
    public void A_refused_request_leaves_its_token_free()
    {
        var request = new CreateDisksRequest { DiskSize = 0, ClientToken = "t" };
        Refusal.Of(ErrorCode.InvalidParameterValue, () => _server.Disks.Create(request, TestServer.Caller));

        _server.Disks.Create(request with { DiskSize = 1 }, TestServer.Caller);
    }

    [Fact]
    public void Many_requests_at_once_with_one_token_make_one_disk()
    {
        var ids = new System.Collections.Concurrent.ConcurrentBag<string>();
        var threads = Enumerable.Range(0, 8).Select(_ => new Thread(() => ids.Add(
            _server.Disks.Create(new() { DiskSize = 1, ClientToken = "t" }, TestServer.Caller)[0]))).ToList();

        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());

        Assert.Equal(8, ids.Count);
        Assert.Single(ids.Distinct());
        Assert.Single(_server.Engine.DiskIds);
    }

    [Fact]
    public void An_interrupted_request_is_finished_when_it_is_repeated()
    {
        var request = new CreateDisksRequest { DiskSize = 1, DiskCount = 3, ClientToken = "t" };
        var ids = _server.Disks.Create(request, TestServer.Caller);
        _server.Disks.Terminate([ids[1]], false, false, TestServer.Caller);
        _server.Drain();
        _server.Catalog.Commit(transaction =>
        {
            var rows = Catalog.SqlTransaction.Of(transaction);
            var token = ClientTokens.Find(rows.Rows, "100000000001/test/t")!;
            ClientTokens.Put(rows, token with { IsComplete = false }, _server.Clock.Now);
        });

        Assert.Equal(ids, _server.Disks.Create(request, TestServer.Caller));

        Assert.Equal(ids.Order(), _server.Engine.DiskIds);
        Assert.True(_server.Catalog.Read(reader => ClientTokens.Find(reader, "100000000001/test/t"))!.IsComplete);
    }

    [Fact]
    public void A_repeated_request_that_is_refused_keeps_what_was_made_before()
    {
        using var server = new TestServer(options => options with { KeepDeleted = TimeSpan.FromDays(1) });
        var request = new CreateDisksRequest { DiskSize = 1, DiskCount = 3, ClientToken = "t" };
        var ids = server.Disks.Create(request, TestServer.Caller);
        server.Disks.Terminate([ids[1]], false, false, TestServer.Caller);
        server.Clock.Now += TimeSpan.FromDays(2);
        Assert.Equal(1, server.Domain.Deleted.DestroyOld());
        server.Disks.Terminate([ids[2]], false, false, TestServer.Caller);
        server.Write(ids[0], 0, 7);
        PutToken(server, token => token with { IsComplete = false });

        // The second is made anew and undone; the third is terminated and kept.
        Refusal.Of(ErrorCode.InvalidClientToken, () => server.Disks.Create(request, TestServer.Caller));

        Assert.Equal([ids[0]], server.Disks.List(new()).Items.Select(disk => disk.DiskId));
        Assert.Equal(7, server.Read(ids[0], 0));
        server.Domain.Deleted.Restore([ids[2]], TestServer.Caller);
        Assert.Equal(ids, server.Disks.Create(request, TestServer.Caller));
    }

    [Fact]
    public void A_token_from_before_there_were_accounts_is_known_to_the_first_one_alone()
    {
        var request = new CreateDisksRequest { DiskSize = 1, ClientToken = "t" };
        var ids = _server.Disks.Create(request, TestServer.Caller);
        PutToken(_server, token => token with { Token = "t" });
        _server.Catalog.Commit(transaction =>
            ClientTokens.Delete(Catalog.SqlTransaction.Of(transaction), TokenKey));
        var other = _server.NewAccount(TestRows.OtherAccountId);

        Assert.Equal(ids, _server.Disks.Create(request, TestServer.Caller));
        var others = _server.Disks.Create(request, other);
        Assert.NotEqual(ids, others);

        // Nobody comes to a token of another account by writing it out.
        Assert.NotEqual(others, _server.Disks.Create(
            request with { ClientToken = $"{TestRows.OtherAccountId}/test/t" }, TestServer.Caller));
    }

    [Fact]
    public void A_disk_from_a_snapshot_has_its_content_and_at_least_its_size()
    {
        var source = _server.NewDisk(sizeGiB: 2);
        _server.Write(source, 4096, 7);
        var snapshotId = _server.NewSnapshot(source);
        _server.Write(source, 4096, 8);

        var same = _server.Disks.Create(new() { SnapshotId = snapshotId }, TestServer.Caller)[0];
        var larger = _server.Disks.Create(new() { SnapshotId = snapshotId, DiskSize = 5 }, TestServer.Caller)[0];

        Assert.Equal(2, _server.Disks.Find(same)!.DiskSizeGiB);
        Assert.Equal(snapshotId, _server.Disks.Find(same)!.SourceSnapshotId);
        Assert.Equal(7, _server.Read(same, 4096));
        Assert.Equal(7, _server.Read(larger, 4096));
        Assert.Equal(0, _server.Read(larger, 3L << 30));
        Refusal.Of(
            ErrorCode.InvalidParameterValue,
            () => _server.Disks.Create(new() { SnapshotId = snapshotId, DiskSize = 1 }, TestServer.Caller));
    }

    [Fact]
    public void A_snapshot_of_a_system_disk_makes_no_data_disk()
    {
        var diskId = _server.NewDisk();
        var snapshotId = _server.Snapshots.Create(
            new() { DiskId = diskId, DiskUsage = "SYSTEM_DISK" }, TestServer.Caller);

        Refusal.Of(
            ErrorCode.SnapshotNotSupported,
            () => _server.Disks.Create(new() { SnapshotId = snapshotId }, TestServer.Caller));
    }

    private static void PutToken(TestServer server, Func<ClientToken, ClientToken> change) =>
        server.Catalog.Commit(transaction =>
        {
            var rows = Catalog.SqlTransaction.Of(transaction);
            ClientTokens.Put(rows, change(ClientTokens.Find(rows.Rows, TokenKey)!), server.Clock.Now);
        });

    private void RefuseAll(string code, CreateDisksRequest[] requests)
    {
        foreach (var request in requests)
            Refusal.Of(code, () => _server.Disks.Create(request, TestServer.Caller));
    }
}
