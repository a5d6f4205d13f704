using Tidemark.Disks.Accounts;
using Tidemark.Disks.Copies;
using Tidemark.Disks.Labels;
using Tidemark.Disks.Quotas;

namespace Tidemark.Disks.Tests;

public sealed class AccountQuotasTests : IDisposable
{
    private const string OtherId = "100000000002";

    private readonly TestServer _server = new(options => options with { OtherRegions = [new("far", ["far-1"])] });

    public void Dispose() => _server.Dispose();

    [Fact]
    public void Each_account_has_its_own_in_each_region()
    {
        var other = _server.NewAccount(OtherId);
        var diskId = _server.NewDisk();
        _server.NewSnapshot(diskId);
        var othersDisk = _server.Disks.Create(new() { DiskSize = 1 }, other)[0];
        _server.Snapshots.Create(new() { DiskId = othersDisk }, other);
        _server.Snapshots.Create(new() { DiskId = othersDisk }, other);

        Assert.Equal((1, 128), Figure(_server.Home, QuotaName.Snapshots));
        Assert.Equal((2, 128), Figure(other.Scope!, QuotaName.Snapshots));
        Assert.Equal((1, QuotaFigure.Unlimited), Figure(other.Scope!, QuotaName.Disks));
        Assert.Equal((0, 64), Figure(_server.Home with { Region = "far" }, QuotaName.Snapshots));
        Assert.Equal((0, 32), Figure(_server.Home, QuotaName.Policies));
        Assert.Equal((0, 50), Figure(_server.Home, QuotaName.Tags));
    }

    [Fact]
    public void A_limit_that_was_set_holds_until_it_is_taken_back()
    {
        var diskId = _server.NewDisk();
        _server.NewSnapshot(diskId);
        Set(QuotaName.Snapshots, 1);

        var refusal = Refusal.Of(ErrorCode.SnapshotQuota, () => _server.NewSnapshot(diskId));
        var set = _server.SnapshotQuota;
        _server.Restart();
        Refusal.Of(ErrorCode.SnapshotQuota, () => _server.NewSnapshot(diskId));
        Set(QuotaName.Snapshots, null);
        _server.NewSnapshot(diskId);

        Assert.Contains("1 of 1 snapshots", refusal.Message, StringComparison.Ordinal);
        Assert.False(set.IsDefault);
        Assert.True(_server.SnapshotQuota.IsDefault);
        Assert.Contains(
            _server.Domain.Events.List(null, 100, null),
            happened => happened is { Action: "ModifyQuota", Result: "Success" });
    }

    [Fact]
    public void Disks_have_a_limit_too()
    {
        Set(QuotaName.Disks, 2);
        var first = _server.NewDisk();

        var refusal = Refusal.Of(ErrorCode.TooManyValues, () => _server.Disks.Create(
            new() { DiskSize = 1, DiskCount = 2 }, TestServer.Caller));
        _server.NewDisk();
        Refusal.Of(ErrorCode.TooManyValues, () => _server.NewDisk());
        _server.Disks.Terminate([first], false, false, TestServer.Caller);
        _server.NewDisk();

        Assert.Contains("1 of 2 disks", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Creators_at_the_same_time_never_exceed_the_limit_on_disks()
    {
        Set(QuotaName.Disks, 5);
        var madeCount = 0;
        var threads = Enumerable.Range(0, 6).Select(_ => new Thread(() =>
        {
            for (var attempt = 0; attempt < 3; attempt++)
            {
                try
                {
                    _server.NewDisk();
                    Interlocked.Increment(ref madeCount);
                }
                catch (DomainException refusal)
                {
                    Assert.Equal(ErrorCode.TooManyValues, refusal.Code);
                }
            }
        })).ToList();

        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());

        Assert.Equal(5, madeCount);
        Assert.Equal(5, _server.Disks.List(new()).TotalCount);
    }

    [Fact]
    public void Labels_have_a_limit_for_each_resource()
    {
        Set(QuotaName.Tags, 1);

        Refusal.Of(ErrorCode.TagQuota, () => _server.Disks.Create(
            new() { DiskSize = 1, Tags = [new("a", "1"), new("b", "2")] }, TestServer.Caller));
        var diskId = _server.Disks.Create(new() { DiskSize = 1, Tags = [new("a", "1")] }, TestServer.Caller)[0];
        Refusal.Of(ErrorCode.TagQuota, () => _server.Snapshots.Create(
            new() { DiskId = diskId, Tags = [new("a", "1"), new("b", "2")] }, TestServer.Caller));
        Refusal.Of(ErrorCode.TagQuota, () => _server.Domain.Policies.Create(
            new()
            {
                Rules = [new() { Hours = [1], IntervalDays = 1 }],
                Tags = [new("a", "1"), new("b", "2")],
            },
            TestServer.Caller));
        var disk = new ResourceName(_server.Home.Region, string.Empty, "volume", diskId);
        Refusal.Of(LabelErrors.TooManyOnResource, () => _server.Domain.Labels.Change(
            [disk], [new("b", "2")], [], "TagResources", TestServer.Caller));
        _server.Domain.Labels.Change([disk], [new("b", "2")], ["a"], "TagResources", TestServer.Caller);
    }

    [Fact]
    public void Copies_do_not_empty_the_limit_on_bytes()
    {
        var diskId = _server.NewDisk();
        _server.Write(diskId, 0, 1, 4096);
        var snapshotId = _server.NewSnapshot(diskId);
        _server.Write(diskId, 0, 2, 4096);
        Set(QuotaName.SnapshotBytes, 4096);
        Refusal.Of(ErrorCode.SnapshotQuota, () => _server.NewSnapshot(diskId));

        Assert.Equal(
            CopyResult.Success,
            Assert.Single(_server.Domain.Copies.Copy(snapshotId, ["far"], null, TestServer.Caller)).Code);

        Refusal.Of(ErrorCode.SnapshotQuota, () => _server.NewSnapshot(diskId));
    }

    [Fact]
    public void Bytes_are_counted_for_one_account()
    {
        var other = _server.NewAccount(OtherId);
        _server.Domain.Quotas.Set(QuotaName.SnapshotBytes, 4096, other.Scope!, TestServer.Caller);
        var mine = _server.NewDisk();
        var theirs = _server.Disks.Create(new() { DiskSize = 1 }, other)[0];
        foreach (var diskId in new[] { mine, theirs })
        {
            _server.Write(diskId, 0, 1, 4096);
            _server.Snapshots.Create(new() { DiskId = diskId }, TestServer.Caller with { Scope = null });
            _server.Write(diskId, 0, 2, 4096);
        }

        _server.NewSnapshot(mine);
        var refusal = Refusal.Of(
            ErrorCode.SnapshotQuota, () => _server.Snapshots.Create(new() { DiskId = theirs }, other));

        Assert.Contains("4096 of 4096 bytes", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_the_first_account_sets_and_sees_those_of_others()
    {
        var other = _server.NewAccount(OtherId);

        Refusal.Of(ErrorCode.Unauthorized, () => _server.Domain.Quotas.Set(QuotaName.Disks, 1, other.Scope!, other));
        Refusal.Of(ErrorCode.Unauthorized, () => _server.Domain.Quotas.List(_server.Home, other));
        Assert.Equal(QuotaName.All, _server.Domain.Quotas.List(other.Scope!, other).Select(figure => figure.Name));
        Assert.Equal(
            QuotaName.All, _server.Domain.Quotas.List(other.Scope!, TestServer.Caller).Select(figure => figure.Name));
    }

    [Fact]
    public void What_does_not_exist_is_refused()
    {
        var home = _server.Home;

        Refusal.Of(ErrorCode.InvalidParameterValue, () => Set("cats", 1));
        Refusal.Of(ErrorCode.InvalidParameterValue, () => Set(QuotaName.Disks, -1));
        Refusal.Of(ErrorCode.InvalidParameterValue, () => Set(QuotaName.Tags, 51));
        Refusal.Of(ErrorCode.InvalidParameterValue, () => Set(QuotaName.Tags, QuotaFigure.Unlimited));
        Refusal.Of(ErrorCode.InvalidParameterValue, () => _server.Domain.Quotas.Set(
            QuotaName.Disks, 1, home with { Region = "mars" }, TestServer.Caller));
        Refusal.Of(ErrorCode.ResourceNotFound, () => _server.Domain.Quotas.Set(
            QuotaName.Disks, 1, home with { AccountId = OtherId }, TestServer.Caller));
    }

    private void Set(string name, long? limit) =>
        _server.Domain.Quotas.Set(name, limit, _server.Home, TestServer.Caller);

    private (long Used, long Limit) Figure(Scope scope, string name)
    {
        var figure = _server.Domain.Quotas.Find(name, scope);
        return (figure.Used, figure.Limit);
    }
}
