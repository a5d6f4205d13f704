using Tidemark.Catalog;
using Tidemark.Catalog.Schema;
using Tidemark.Disks.Events;
using Tidemark.Disks.Policies;
using Tidemark.Disks.Snapshots;

namespace Tidemark.Disks.Tests.Policies;

public sealed class PolicyRunTests : IDisposable
{
    // 13:06:07 on UTC+8 when the test begins; the first run is at 14:00.
    private static readonly PolicyRule Hourly = new() { Hours = [.. Enumerable.Range(0, 24)], IntervalDays = 1 };
    private static readonly DateTimeOffset FirstRun = new(2026, 3, 4, 6, 0, 0, TimeSpan.Zero);

    private readonly TestServer _server = new();

    private PolicyOperations Policies => _server.Domain.Policies;

    public void Dispose() => _server.Dispose();

    [Fact]
    public void A_run_takes_a_snapshot_of_each_disk_with_a_deadline()
    {
        var (first, second) = (_server.NewDisk(), _server.NewDisk());
        var id = NewPolicy(new() { Days = 1 }, first, second);
        RunAt(FirstRun.AddSeconds(-1));
        Assert.Empty(Snapshots(first));

        RunAt(FirstRun.AddSeconds(2));

        Assert.Single(Snapshots(second));
        var snapshot = Assert.Single(Snapshots(first));
        Assert.Equal($"auto_{first}_20260304_14", snapshot.SnapshotName);
        Assert.Equal(SnapshotOrigin.Policy, snapshot.Origin);
        Assert.Equal(id, snapshot.PolicyId);
        Assert.Equal(FirstRun.AddSeconds(2).AddDays(1), snapshot.DeadlineTime);
        Assert.Equal(FirstRun, Get(id).LastTriggerTime);
        Assert.Equal(FirstRun.AddHours(1), Get(id).NextTriggerTime);
        var told = Event(first, PolicyRun.Action);
        Assert.Equal(("scheduler", "Success"), (told.Actor, told.Result));
        Assert.Contains(snapshot.SnapshotId, told.Message, StringComparison.Ordinal);
        Assert.Contains("2 of 2 disks", Event(id, PolicyRun.Action).Message, StringComparison.Ordinal);
        RunAt(FirstRun.AddMinutes(59));
        Assert.Single(Snapshots(first));
    }

    [Fact]
    public void Runs_that_were_missed_are_told_and_caught_up_once()
    {
        var disk = _server.NewDisk();
        var id = NewPolicy(new() { IsPermanent = true }, disk);

        _server.Restart(() => _server.Clock.Now = FirstRun.AddHours(5).AddMinutes(20));
        RunAt(_server.Clock.Now);
        RunAt(_server.Clock.Now.AddSeconds(10));

        Assert.Equal($"auto_{disk}_20260304_19", Assert.Single(Snapshots(disk)).SnapshotName);
        Assert.Equal(FirstRun.AddHours(6), Get(id).NextTriggerTime);
        var skipped = _server.Domain.Events.List(id, 10, null).Single(told => told.Result == "Skipped");
        Assert.Contains("5 runs from 2026-03-04 14:00", skipped.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_a_crash_cut_off_before_its_end_makes_no_second_snapshot()
    {
        var (first, second) = (_server.NewDisk(), _server.NewDisk());
        var id = NewPolicy(new() { Days = 1 }, first);
        var before = Get(id);
        RunAt(FirstRun);

        // What the catalog holds when the process ends between the first disk's snapshot and the run's conclusion.
        Policies.Bind(id, [second], TestServer.Caller);
        _server.Catalog.Commit(transaction => PolicyTable.Put(SqlTransaction.Of(transaction), before));
        _server.Restart();
        RunAt(FirstRun.AddMinutes(1));

        Assert.Single(Snapshots(first));
        Assert.Single(Snapshots(second));
        Assert.Equal(FirstRun.AddHours(1), Get(id).NextTriggerTime);

        // The same when all disks were done.
        _server.Catalog.Commit(transaction => PolicyTable.Put(SqlTransaction.Of(transaction), before));
        _server.Restart();
        RunAt(FirstRun.AddMinutes(2));

        Assert.Single(Snapshots(first));
        Assert.Single(Snapshots(second));
        Assert.Equal(0, Get(id).FailureCount);
        Assert.Empty(_server.Engine.Check().Problems);
    }

    [Fact]
    public void A_disk_that_fails_does_not_hold_up_the_others()
    {
        using var server = new TestServer(options => options with { SnapshotQuotaBase = 1, SnapshotQuotaPerDisk = 0 });
        string[] disks = [server.NewDisk(), server.NewDisk()];
        var id = NewPolicy(server, new() { Days = 1 }, disks);

        for (var hour = 0; hour < 10; hour++)
        {
            RunAt(server, FirstRun.AddHours(hour));
            // Makes room for one, so that each run has a disk that succeeds.
            server.Snapshots.Delete([server.Snapshots.List(new()).Items.Single().SnapshotId], TestServer.Caller);
        }

        var policy = server.Domain.Policies.Find(id)!;
        Assert.True(policy.IsActivated);
        Assert.Equal(0, policy.FailureCount);
        var told = server.Domain.Events.List(id, 1, null).Single();
        Assert.Equal(ErrorCode.SnapshotQuota, told.Result);
        Assert.Contains("1 of 2 disks", told.Message, StringComparison.Ordinal);
        var refused = disks.SelectMany(disk => server.Domain.Events.List(disk, 100, null))
            .First(found => found.Action == "CreateSnapshot");
        Assert.Equal(("scheduler", ErrorCode.SnapshotQuota), (refused.Actor, refused.Result));
    }

    [Fact]
    public void A_policy_suspends_itself_after_five_runs_without_a_snapshot()
    {
        using var server = new TestServer(options => options with { SnapshotQuotaBase = 0, SnapshotQuotaPerDisk = 0 });
        var disk = server.NewDisk();
        var id = NewPolicy(server, new() { Days = 1 }, disk);
        for (var hour = 0; hour < 4; hour++)
            RunAt(server, FirstRun.AddHours(hour));
        Assert.True(server.Domain.Policies.Find(id)!.IsActivated);
        Assert.Equal(4, server.Domain.Policies.Find(id)!.FailureCount);

        RunAt(server, FirstRun.AddHours(4));

        var suspended = server.Domain.Policies.Find(id)!;
        Assert.False(suspended.IsActivated);
        Assert.Null(suspended.NextTriggerTime);
        Assert.Contains("5 runs in a row", suspended.SuspendReason, StringComparison.Ordinal);
        Assert.Contains(disk, suspended.SuspendReason, StringComparison.Ordinal);
        Assert.Contains(
            server.Domain.Events.List(id, 10, null), told => told.Action == "SuspendAutoSnapshotPolicy");
        server.Domain.Policies.Modify(new() { PolicyId = id, IsActivated = true }, TestServer.Caller);
        var again = server.Domain.Policies.Find(id)!;
        Assert.Equal((0, string.Empty), (again.FailureCount, again.SuspendReason));
        Assert.Equal(FirstRun.AddHours(5), again.NextTriggerTime);
    }

    [Fact]
    public void A_paused_policy_and_one_without_disks_do_nothing()
    {
        var disk = _server.NewDisk();
        var paused = NewPolicy(new() { Days = 1 }, disk);
        var alone = NewPolicy(new() { Days = 1 });
        Policies.Modify(new() { PolicyId = paused, IsActivated = false }, TestServer.Caller);

        RunAt(FirstRun.AddHours(3));

        Assert.Empty(Snapshots(disk));
        Assert.Equal(FirstRun.AddHours(4), Get(alone).NextTriggerTime);
        Assert.DoesNotContain(
            _server.Domain.Events.List(null, 100, null), told => told.Action == PolicyRun.Action);
    }

    [Fact]
    public void A_disk_in_the_recycle_bin_is_passed_over()
    {
        var disk = _server.Disks.Create(
            new() { DiskSize = 1, DiskChargeType = ChargeType.Prepaid, PrepaidPeriod = 1 }, TestServer.Caller)[0];
        var id = NewPolicy(new() { Days = 1 }, disk);
        _server.Disks.Terminate([disk], false, false, TestServer.Caller);

        RunAt(FirstRun);

        Assert.Empty(Snapshots(disk));
        Assert.Equal(0, Get(id).FailureCount);
    }

    [Fact]
    public void By_amount_the_newest_stay_and_nothing_goes_that_is_locked_shared_or_of_another()
    {
        var disk = _server.NewDisk();
        var id = NewPolicy(new() { Amount = 2 }, disk);
        var manual = _server.NewSnapshot(disk);
        var other = NewPolicy(new() { IsPermanent = true }, disk);
        RunAt(FirstRun);
        var locked = Of(id, disk).Single();
        RunAt(FirstRun.AddHours(1));
        var shared = Of(id, disk)[0];
        _server.Catalog.Commit(transaction =>
        {
            var rows = SqlTransaction.Of(transaction);
            SnapshotTable.Put(rows, locked with { IsLocked = true });
            rows.Put(CatalogTables.SnapshotShares, shared.SnapshotId, "100000000002", 1);
        });

        for (var hour = 2; hour < 6; hour++)
            RunAt(FirstRun.AddHours(hour));

        Assert.Equal(
            [FirstRun.AddHours(5), FirstRun.AddHours(4), shared.CreateTime, locked.CreateTime],
            Of(id, disk).Select(snapshot => snapshot.CreateTime));
        Assert.Equal(6, Of(other, disk).Count);
        Assert.NotNull(_server.Snapshots.Find(manual));
    }

    [Fact]
    public void Snapshots_outlive_their_policy()
    {
        var disk = _server.NewDisk();
        var id = NewPolicy(new() { Days = 1 }, disk);
        RunAt(FirstRun);

        Policies.Delete([id], TestServer.Caller);
        RunAt(FirstRun.AddHours(23));
        Assert.Single(Snapshots(disk));
        RunAt(FirstRun.AddHours(24));

        Assert.Empty(Snapshots(disk));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void What_happens_is_what_was_foreseen(int way)
    {
        var disk = _server.NewDisk();
        RetentionRequest[] ways = [new() { Days = 3 }, new() { Amount = 9 }, new() { Advanced = new(3, 2, 2, 0) }];
        var rule = Hourly with { Hours = [1, 7, 13, 22] };
        var id = Policies.Create(new() { Rules = [rule], Retention = ways[way] }, TestServer.Caller).PolicyId;
        Policies.Bind(id, [disk], TestServer.Caller);
        var start = FirstRun.AddDays(40);
        for (var hour = FirstRun; hour <= start; hour = hour.AddHours(1))
            RunAt(hour);

        var days = Policies.Forecast(new() { PolicyId = id, DiskId = disk, DayCount = 20 }, TestServer.Caller).Days;

        for (var hour = start; hour < start.AddDays(19); hour = hour.AddHours(1))
        {
            RunAt(hour);
            if (PolicyClock.Local(hour).Hour != 23)
                continue;
            RunAt(hour.AddHours(1).AddMilliseconds(-1));
            var day = days.Single(each => each.Day == PolicyClock.DayOf(hour));
            Assert.Equal(
                day.Kept.Select(each => each.Time), Of(id, disk).Select(snapshot => snapshot.CreateTime).Reverse());
        }
    }

    private static string NewPolicy(TestServer server, RetentionRequest retention, params string[] diskIds)
    {
        var policy = server.Domain.Policies.Create(
            new() { Rules = [Hourly], Retention = retention }, TestServer.Caller);
        if (diskIds.Length > 0)
            server.Domain.Policies.Bind(policy.PolicyId, diskIds, TestServer.Caller);
        return policy.PolicyId;
    }

    private static void RunAt(TestServer server, DateTimeOffset time)
    {
        server.Clock.Now = time;
        server.Domain.Background.RunChoresOnce();
        Assert.DoesNotContain(
            server.Messages, message => message.Text.Contains("policies", StringComparison.Ordinal));
    }

    private string NewPolicy(RetentionRequest retention, params string[] diskIds) =>
        NewPolicy(_server, retention, diskIds);

    private void RunAt(DateTimeOffset time) => RunAt(_server, time);

    private SnapshotPolicy Get(string id) => Policies.Find(id)!;

    private IReadOnlyList<Snapshot> Snapshots(string diskId) =>
        _server.Snapshots.List(new() { Filters = [new("disk-id", [diskId])], Limit = 100 }).Items;

    private List<Snapshot> Of(string policyId, string diskId) =>
        [.. Snapshots(diskId).Where(snapshot => snapshot.PolicyId == policyId)];

    private AuditEvent Event(string resourceId, string action) =>
        _server.Domain.Events.List(resourceId, 100, null).First(told => told.Action == action);
}
