using Tidemark.Disks.Accounts;
using Tidemark.Disks.Policies;

namespace Tidemark.Disks.Tests.Policies;

public sealed class PolicyOperationsTests : IDisposable
{
    private static readonly PolicyRule Daily = new() { Hours = [3], DaysOfWeek = [0, 1, 2, 3, 4, 5, 6] };

    private readonly TestServer _server = new(options => options with { PolicyQuota = 12 });

    private PolicyOperations Policies => _server.Domain.Policies;

    public void Dispose() => _server.Dispose();

    [Fact]
    public void A_policy_is_listed_with_everything_it_was_made_of()
    {
        var made = Policies.Create(
            new()
            {
                PolicyName = "nightly",
                Rules = [new() { Hours = [7, 1], DaysOfWeek = [6, 5] }, new() { Hours = [0], IntervalDays = 9 }],
                Retention = new() { Advanced = new(7, 0, 12, 0) },
                Tags = [new("team", "db")],
            },
            TestServer.Caller);
        _server.Restart();

        var listed = Assert.Single(Policies.List(new()).Items);
        Assert.Matches("^asp-[a-z0-9]{8}$", listed.PolicyId);
        Assert.Equal(made.PolicyId, listed.PolicyId);
        Assert.Equal("nightly", listed.PolicyName);
        Assert.True(listed.IsActivated);
        Assert.Equal([6, 5], listed.Rules[0].DaysOfWeek);
        Assert.Equal([7, 1], listed.Rules[0].Hours);
        Assert.Equal(9, listed.Rules[1].IntervalDays);
        Assert.Equal(new AdvancedRetention(7, 0, 12, 0), listed.Retention.Advanced);
        Assert.Equal([new Tag("team", "db")], listed.Tags);
        Assert.Equal(made.Calendar.NextAfter(_server.Clock.Now), listed.NextTriggerTime);
        Assert.Equal(_server.Clock.Now, listed.CreateTime);
    }

    [Fact]
    public void A_dry_run_makes_nothing()
    {
        // 13:06 on UTC+8.
        var first = Policies.FirstRun(new() { Rules = [Daily] }, TestServer.Caller);

        Assert.Equal(new DateTimeOffset(2026, 3, 4, 19, 0, 0, TimeSpan.Zero), first);
        Assert.Equal(0, Policies.List(new()).TotalCount);
        Assert.Empty(_server.Domain.Events.List(null, 10, null));
    }

    [Fact]
    public void Wrong_requests_are_refused()
    {
        Refuse(ErrorCode.MissingParameter, new());
        Refuse(ErrorCode.MissingParameter, new() { Rules = [] });
        Refuse(ErrorCode.MissingParameter, new() { Rules = [new() { Hours = [], DaysOfWeek = [1] }] });
        Refuse(ErrorCode.MissingParameter, new() { Rules = [new() { Hours = [1] }] });
        Refuse(ErrorCode.InvalidParameterValue, new() { Rules = [Daily with { Hours = [24] }] });
        Refuse(ErrorCode.InvalidParameterValue, new() { Rules = [Daily with { DaysOfWeek = [7] }] });
        Refuse(ErrorCode.InvalidParameterValue, new() { Rules = [new() { Hours = [1], DaysOfMonth = [0] }] });
        Refuse(ErrorCode.InvalidParameterValue, new() { Rules = [new() { Hours = [1], IntervalDays = 366 }] });
        Refuse(ErrorCode.TooManyValues, new() { Rules = [.. Enumerable.Repeat(Daily, 11)] });
        Refuse(ErrorCode.InvalidParameterValue, new() { Rules = [Daily], PolicyName = new string('x', 61) });
        Refuse(ErrorCode.InvalidParameterValue, new()
        {
            Rules = [Daily],
            Retention = new() { IsPermanent = true, Days = 3 },
        });
        Refuse(ErrorCode.InvalidParameterValue, new() { Rules = [Daily], Retention = new() { Days = 0 } });
        Refuse(ErrorCode.InvalidParameterValue, new() { Rules = [Daily], Retention = new() { Days = 36_501 } });
        Refuse(ErrorCode.InvalidParameterValue, new()
        {
            Rules = [Daily],
            Retention = new() { Advanced = new(0, 0, 0, 0) },
        });
        Refuse(ErrorCode.InvalidParameterValue, new()
        {
            Rules = [Daily],
            Retention = new() { Advanced = new(101, 0, 0, 0) },
        });
        Assert.Equal(0, Policies.List(new()).TotalCount);
    }

    [Fact]
    public void Policies_are_counted_for_each_account_and_region()
    {
        for (var index = 0; index < 12; index++)
            NewPolicy();
        var elsewhere = TestServer.Caller with { Scope = new Scope("100000000002", "test") };

        var refusal = Refusal.Of(ErrorCode.PolicyQuota, () => NewPolicy());

        Assert.Contains("12 of 12", refusal.Message, StringComparison.Ordinal);
        Policies.Create(new() { Rules = [Daily] }, elsewhere);
        Assert.Equal(1, Policies.List(new(), elsewhere.Scope).TotalCount);
    }

    [Fact]
    public void Many_at_once_make_no_policy_too_many()
    {
        var refusedCount = 0;
        Parallel.For(0, 40, _ =>
        {
            try
            {
                NewPolicy();
            }
            catch (DomainException refusal) when (refusal.Code == ErrorCode.PolicyQuota)
            {
                Interlocked.Increment(ref refusedCount);
            }
        });

        Assert.Equal(28, refusedCount);
        var ids = Policies.List(new() { Limit = 100 }).Items.Select(policy => policy.PolicyId).ToList();
        Assert.Equal(12, ids.Distinct().Count());
        var disk = _server.NewDisk();
        var boundCount = 0;
        Parallel.ForEach(ids, id =>
        {
            try
            {
                Policies.Bind(id, [disk], TestServer.Caller);
                Interlocked.Increment(ref boundCount);
            }
            catch (DomainException refusal) when (refusal.Code == ErrorCode.BindDiskLimitExceeded)
            {
                // Two of twelve are too many.
            }
        });
        Assert.Equal(10, boundCount);
    }

    [Fact]
    public void Filters_find_policies()
    {
        var first = NewPolicy("a");
        var second = NewPolicy("b");

        Assert.Equal([first], Find("auto-snapshot-policy-name", "a"));
        Assert.Equal([second], Find("auto-snapshot-policy-id", second));
        Assert.Equal(2, Find("auto-snapshot-policy-state", "NORMAL").Count);
        Assert.Empty(Find("auto-snapshot-policy-state", "ISOLATED"));
        Refusal.Of(ErrorCode.InvalidFilter, () => Find("disk-id", "disk-aaaaaaaa"));
    }

    [Fact]
    public void A_change_replaces_what_is_given_and_takes_effect_at_once()
    {
        var id = NewPolicy("before");

        Modify(new() { PolicyId = id, PolicyName = "after" });
        Assert.Equal("after", Get(id).PolicyName);
        Assert.Equal(7, Get(id).Retention.Days);
        Modify(new() { PolicyId = id, Rules = [new() { Hours = [14], IntervalDays = 1 }] });
        Assert.Equal(new DateTimeOffset(2026, 3, 4, 6, 0, 0, TimeSpan.Zero), Get(id).NextTriggerTime);
        Modify(new() { PolicyId = id, Retention = new() { IsPermanent = true } });
        Assert.True(Get(id).Retention.IsPermanent);
        Modify(new() { PolicyId = id, Retention = new() { IsPermanent = false } });
        Assert.Equal(PolicyRetention.Usual, Get(id).Retention);
        Modify(new() { PolicyId = id, Retention = new() { Amount = 5 }, IsActivated = false });
        Assert.Equal(5, Get(id).Retention.Amount);
        Assert.Null(Get(id).NextTriggerTime);
        Modify(new() { PolicyId = id, IsActivated = true });
        Assert.NotNull(Get(id).NextTriggerTime);

        Refusal.Of(ErrorCode.InvalidParameter, () => Modify(
            new() { PolicyId = id, Retention = new() { IsPermanent = true, Days = 3 } }));
        Refusal.Of(ErrorCode.PolicyNotFound, () => Modify(new() { PolicyId = "asp-aaaaaaaa" }));
        Refusal.Of(ErrorCode.InvalidParameterValue, () => Modify(new() { PolicyId = "asp-?" }));
        Refusal.Of(ErrorCode.MissingParameter, () => Modify(new() { PolicyId = id, Rules = [] }));
    }

    [Fact]
    public void Disks_are_bound_all_or_none()
    {
        var id = NewPolicy();
        var (first, second) = (_server.NewDisk(), _server.NewDisk());

        Policies.Bind(id, [first], TestServer.Caller);
        Refusal.Of(ErrorCode.DiskAlreadyBound, () => Policies.Bind(id, [second, first], TestServer.Caller));
        Refusal.Of(ErrorCode.DiskNotFound, () => Policies.Bind(id, [second, "disk-aaaaaaaa"], TestServer.Caller));
        Refusal.Of(ErrorCode.PolicyNotFound, () => Policies.Bind("asp-aaaaaaaa", [second], TestServer.Caller));
        Refusal.Of(ErrorCode.MissingParameter, () => Policies.Bind(id, null, TestServer.Caller));
        Refusal.Of(ErrorCode.TooManyValues, () => Policies.Bind(
            id, [.. Enumerable.Range(0, 81).Select(index => $"disk-{index:D8}")], TestServer.Caller));
        var recycled = _server.Disks.Create(
            new() { DiskSize = 1, DiskChargeType = ChargeType.Prepaid, PrepaidPeriod = 1 }, TestServer.Caller)[0];
        _server.Disks.Terminate([recycled], false, false, TestServer.Caller);
        Refusal.Of(ErrorCode.DiskNotSupported, () => Policies.Bind(id, [recycled], TestServer.Caller));

        Assert.Equal([first], Get(id).DiskIds);
        Assert.Equal([id], _server.Disks.Find(first)!.PolicyIds);
        Assert.Equal([id], Policies.OfDisk(first).Select(policy => policy.PolicyId));
        Assert.Empty(Policies.OfDisk(second));
        Assert.Empty(Policies.OfDisk("disk-aaaaaaaa"));
    }

    [Fact]
    public void A_policy_has_two_hundred_disks_and_a_disk_ten_policies()
    {
        var id = NewPolicy();
        string[] diskIds = [.. Enumerable.Range(0, 201).Select(_ => _server.NewDisk())];
        Policies.Bind(id, diskIds[..80], TestServer.Caller);
        Policies.Bind(id, diskIds[80..160], TestServer.Caller);

        var refusal = Refusal.Of(
            ErrorCode.BindDiskLimitExceeded, () => Policies.Bind(id, diskIds[160..201], TestServer.Caller));
        Assert.Contains("160 of 200", refusal.Message, StringComparison.Ordinal);
        Policies.Bind(id, diskIds[160..200], TestServer.Caller);
        for (var index = 0; index < 9; index++)
            Policies.Bind(NewPolicy(), [diskIds[0]], TestServer.Caller);

        Refusal.Of(
            ErrorCode.BindDiskLimitExceeded, () => Policies.Bind(NewPolicy(), [diskIds[0]], TestServer.Caller));
    }

    [Fact]
    public void Disks_are_unbound_by_themselves_by_their_instances_and_with_their_end()
    {
        var id = NewPolicy();
        var (first, second, third) = (_server.NewDisk(), _server.NewDisk(), _server.NewDisk());
        _server.Catalog.Commit(transaction => DiskTable.Put(
            Tidemark.Catalog.SqlTransaction.Of(transaction),
            _server.Disks.Find(second)! with { InstanceId = "ins-00000001", DiskState = DiskState.Attached }));
        Policies.Bind(id, [first, second, third], TestServer.Caller);
        Assert.Equal(["ins-00000001"], Get(id).InstanceIds);

        Policies.Unbind(id, [first, _server.NewDisk()], null, TestServer.Caller);
        Policies.Unbind(id, null, ["ins-00000001", "ins-99999999"], TestServer.Caller);
        Assert.Equal([third], Get(id).DiskIds);
        _server.Disks.Terminate([third], false, false, TestServer.Caller);

        Assert.Empty(Get(id).DiskIds);
        Assert.Equal(0, _server.Catalog.Read(reader => reader.Number("SELECT count(*) FROM policy_bindings")));
        Refusal.Of(ErrorCode.MissingParameter, () => Policies.Unbind(id, [], [], TestServer.Caller));
        Refusal.Of(ErrorCode.DiskNotFound, () => Policies.Unbind(id, ["disk-aaaaaaaa"], null, TestServer.Caller));
        Refusal.Of(ErrorCode.PolicyNotFound, () => Policies.Unbind(
            "asp-aaaaaaaa", [first], null, TestServer.Caller));
    }

    [Fact]
    public void Policies_are_deleted_all_or_none()
    {
        var (first, second) = (NewPolicy(), NewPolicy());
        Policies.Bind(first, [_server.NewDisk()], TestServer.Caller);

        Refusal.Of(ErrorCode.PolicyNotFound, () => Policies.Delete([first, "asp-aaaaaaaa"], TestServer.Caller));
        Assert.Equal(2, Policies.List(new()).TotalCount);
        Policies.Delete([first, second], TestServer.Caller);

        Assert.Equal(0, Policies.List(new()).TotalCount);
        Refusal.Of(ErrorCode.MissingParameter, () => Policies.Delete([], TestServer.Caller));
    }

    [Fact]
    public void Policies_of_another_account_do_not_exist()
    {
        var id = NewPolicy();
        var other = TestServer.Caller with { Scope = new Scope("100000000002", "test") };

        Assert.Equal(0, Policies.List(new(), other.Scope).TotalCount);
        Assert.Null(Policies.Find(id, other.Scope));
        Refusal.Of(ErrorCode.PolicyNotFound, () => Policies.Modify(new() { PolicyId = id }, other));
        Refusal.Of(ErrorCode.PolicyNotFound, () => Policies.Delete([id], other));
        Refusal.Of(ErrorCode.PolicyNotFound, () => Policies.Bind(id, ["disk-aaaaaaaa"], other));
        Refusal.Of(ErrorCode.PolicyNotFound, () => Policies.Forecast(new() { PolicyId = id }, other));
    }

    [Fact]
    public void A_forecast_is_made_of_a_policy_a_changed_one_or_none()
    {
        var id = NewPolicy();

        var outlook = Policies.Forecast(new() { PolicyId = id, DayCount = 9 }, TestServer.Caller);
        var changed = Policies.Forecast(
            new() { PolicyId = id, Retention = new() { Amount = 2 }, DayCount = 9 }, TestServer.Caller);
        var planned = Policies.Forecast(
            new() { Rules = [Daily with { Hours = [1, 2] }], Retention = new() { Days = 1 } }, TestServer.Caller);

        Assert.Equal(10, outlook.NextRuns.Count);
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7, 7], outlook.Days.Select(day => day.Kept.Count));
        Assert.Equal(2, changed.Days[^1].Kept.Count);
        Assert.Equal(60, planned.Days.Count);
        Assert.Equal(2, planned.Days[^1].Kept.Count);
        Assert.Equal("Every day at 01:00 and 02:00 (UTC+8). Each snapshot stays for 1 day.", planned.Description);
        Refusal.Of(ErrorCode.MissingParameter, () => Policies.Forecast(new(), TestServer.Caller));
        Refusal.Of(ErrorCode.InvalidParameterValue, () => Policies.Forecast(
            new() { PolicyId = id, DayCount = 61 }, TestServer.Caller));
        Refusal.Of(ErrorCode.DiskNotFound, () => Policies.Forecast(
            new() { PolicyId = id, DiskId = "disk-aaaaaaaa" }, TestServer.Caller));
    }

    private string NewPolicy(string? name = null) =>
        Policies.Create(new() { PolicyName = name, Rules = [Daily] }, TestServer.Caller).PolicyId;

    private SnapshotPolicy Get(string id) => Policies.Find(id)!;

    private void Modify(ModifyPolicyRequest request) => Policies.Modify(request, TestServer.Caller);

    private void Refuse(string code, CreatePolicyRequest request) =>
        Refusal.Of(code, () => Policies.Create(request, TestServer.Caller));

    private List<string> Find(string name, params string[] values) =>
        [.. Policies.List(new() { Filters = [new(name, values)] }).Items.Select(policy => policy.PolicyId)];
}
