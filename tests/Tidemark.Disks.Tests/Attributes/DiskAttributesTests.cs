using Tidemark.Disks.Attributes;

namespace Tidemark.Disks.Tests.Attributes;

public sealed class DiskAttributesTests : IDisposable
{
    private readonly TestServer _server = new();

    private DiskAttributes Attributes => _server.Domain.Attributes;

    public void Dispose() => _server.Dispose();

    [Fact]
    public void Everything_about_several_disks_changes_at_once()
    {
        var first = _server.NewDisk("a");
        var second = _server.NewDisk("b");

        Attributes.Modify(
            new()
            {
                DiskIds = [first, second],
                DiskName = "c",
                ProjectId = 7,
                Portable = true,
                DeleteWithInstance = true,
                BurstPerformanceOperation = "CREATE",
            },
            TestServer.Caller);

        Assert.All([first, second], id =>
        {
            var disk = _server.Disks.Find(id)!;
            Assert.Equal(
                ("c", 7L, true, true, true),
                (disk.DiskName, disk.ProjectId, disk.IsPortable, disk.DeleteWithInstance, disk.BurstPerformance));
        });
        Attributes.Modify(
            new() { DiskIds = [first], BurstPerformanceOperation = "CANCEL" }, TestServer.Caller);
        Assert.False(_server.Disks.Find(first)!.BurstPerformance);
        Assert.Equal("c", _server.Disks.Find(first)!.DiskName);
    }

    [Fact]
    public void One_disk_that_cannot_be_changed_keeps_all_as_they_are()
    {
        var postpaid = _server.NewDisk();
        var prepaid = NewPrepaid();

        Refusal.Of(ErrorCode.DiskNotSupported, () => Attributes.Modify(
            new() { DiskIds = [postpaid, prepaid], DeleteWithInstance = true }, TestServer.Caller));
        Refusal.Of(ErrorCode.DiskNotFound, () => Attributes.Modify(
            new() { DiskIds = [postpaid, "disk-00000000"], DiskName = "x" }, TestServer.Caller));

        Assert.False(_server.Disks.Find(postpaid)!.DeleteWithInstance);
        Assert.Equal("unnamed", _server.Disks.Find(postpaid)!.DiskName);
    }

    [Fact]
    public void Values_are_checked_by_name()
    {
        string[] ids = [_server.NewDisk()];

        Assert.Contains(
            "Portable", Refused(ErrorCode.InvalidParameterValue, new() { DiskIds = ids, Portable = false }));
        Assert.Contains(
            "DiskName",
            Refused(ErrorCode.InvalidParameterValue, new() { DiskIds = ids, DiskName = new string('x', 61) }));
        Assert.Contains(
            "Burst",
            Refused(ErrorCode.InvalidParameterValue, new() { DiskIds = ids, BurstPerformanceOperation = "MORE" }));
        Assert.Contains(
            "DiskType", Refused(ErrorCode.InvalidParameterValue, new() { DiskIds = ids, DiskType = "TAPE" }));
        Assert.Contains("Nothing", Refused(ErrorCode.MissingParameter, new() { DiskIds = ids }));
        Assert.Contains("DiskIds", Refused(ErrorCode.MissingParameter, new() { DiskName = "x" }));
    }

    [Fact]
    public void A_type_becomes_faster_at_once_and_never_slower()
    {
        var diskId = _server.Disks.Create(
            new() { DiskSize = 1, DiskType = "CLOUD_PREMIUM" }, TestServer.Caller)[0];

        ChangeType(diskId, "CLOUD_HSSD");
        ChangeType(diskId, "CLOUD_HSSD");

        Assert.Equal("CLOUD_HSSD", _server.Disks.Find(diskId)!.DiskType);
        Refusal.Of(ErrorCode.DiskConfigNotSupported, () => ChangeType(diskId, "CLOUD_SSD"));
        Refused(ErrorCode.InvalidParameter, new() { DiskIds = [diskId], DiskType = "CLOUD_TSSD", DiskName = "x" });
        Refused(
            ErrorCode.InvalidParameter, new() { DiskIds = [diskId, _server.NewDisk()], DiskType = "CLOUD_TSSD" });
    }

    [Fact]
    public void A_disk_becomes_elastic_and_then_has_a_project_of_its_own()
    {
        var diskId = _server.NewDisk();
        _server.Change(diskId, disk => disk with { IsPortable = false });

        Refused(ErrorCode.DiskNotSupported, new() { DiskIds = [diskId], ProjectId = 3 });
        Refusal.Of(ErrorCode.DiskNotSupported, () => _server.Disks.Resize(diskId, 2, TestServer.Caller));
        Refusal.Of(
            ErrorCode.DiskNotPortable, () => Attributes.ModifyChargeType([diskId], new(1, null), TestServer.Caller));
        Attributes.Modify(new() { DiskIds = [diskId], ProjectId = 3, Portable = true }, TestServer.Caller);

        Assert.Equal((true, 3L), (_server.Disks.Find(diskId)!.IsPortable, _server.Disks.Find(diskId)!.ProjectId));
    }

    [Fact]
    public void Extra_throughput_is_kept_and_strict_servers_ask_for_the_type()
    {
        var diskId = _server.NewDisk();
        Attributes.ModifyExtraPerformance(diskId, 100, TestServer.Caller);
        Assert.Equal(100, _server.Disks.Find(diskId)!.ThroughputPerformance);
        Refusal.Of(
            ErrorCode.InvalidParameterValue,
            () => Attributes.ModifyExtraPerformance(diskId, 1L << 40, TestServer.Caller));
        Refusal.Of(
            ErrorCode.MissingParameter, () => Attributes.ModifyExtraPerformance("", 1, TestServer.Caller));

        using var strict = new TestServer(options => options with { StrictSizes = true });
        var strictId = strict.Disks.Create(
            new() { DiskSize = 500, DiskType = "CLOUD_PREMIUM" }, TestServer.Caller)[0];
        Refusal.Of(
            ErrorCode.DiskConfigNotSupported,
            () => strict.Domain.Attributes.ModifyExtraPerformance(strictId, 100, TestServer.Caller));
        strict.Domain.Attributes.Modify(new() { DiskIds = [strictId], DiskType = "CLOUD_HSSD" }, TestServer.Caller);
        strict.Domain.Attributes.ModifyExtraPerformance(strictId, 100, TestServer.Caller);
        Assert.Equal(100, strict.Disks.Find(strictId)!.ThroughputPerformance);
    }

    [Fact]
    public void Strict_servers_change_a_type_only_where_its_sizes_allow()
    {
        using var strict = new TestServer(options => options with { StrictSizes = true });
        var diskId = strict.Disks.Create(
            new() { DiskSize = 10, DiskType = "CLOUD_PREMIUM" }, TestServer.Caller)[0];

        Refusal.Of(ErrorCode.InvalidParameterValue, () => strict.Domain.Attributes.Modify(
            new() { DiskIds = [diskId], DiskType = "CLOUD_SSD" }, TestServer.Caller));
        Refusal.Of(ErrorCode.DiskConfigNotSupported, () => strict.Domain.Attributes.Modify(
            new() { DiskIds = [diskId], BurstPerformanceOperation = "CREATE" }, TestServer.Caller));
        strict.Disks.Resize(diskId, 20, TestServer.Caller);
        strict.Domain.Attributes.Modify(new() { DiskIds = [diskId], DiskType = "CLOUD_SSD" }, TestServer.Caller);

        Assert.Equal("CLOUD_SSD", strict.Disks.Find(diskId)!.DiskType);
    }

    [Fact]
    public void A_renewal_adds_months_to_the_deadline_or_to_now_when_that_has_passed()
    {
        var diskId = NewPrepaid();
        var start = _server.Clock.Now;

        Attributes.Renew(diskId, new(2, "NOTIFY_AND_AUTO_RENEW"), TestServer.Caller);
        Assert.Equal(start.AddMonths(1).AddMonths(2), _server.Disks.Find(diskId)!.DeadlineTime);
        Assert.Equal("NOTIFY_AND_AUTO_RENEW", _server.Disks.Find(diskId)!.RenewFlag);
        _server.Clock.Now = start.AddYears(1);
        Attributes.Renew(diskId, new(12, null), TestServer.Caller);

        Assert.Equal(start.AddYears(2), _server.Disks.Find(diskId)!.DeadlineTime);
        Refusal.Of(
            ErrorCode.InvalidParameterValue, () => Attributes.Renew(diskId, new(13, null), TestServer.Caller));
        Refusal.Of(
            ErrorCode.InvalidParameterValue, () => Attributes.Renew(diskId, new(1, "LATER"), TestServer.Caller));
        Refusal.Of(
            ErrorCode.DiskNotSupported, () => Attributes.Renew(_server.NewDisk(), new(1, null), TestServer.Caller));
    }

    [Fact]
    public void A_renewal_brings_a_disk_back_from_the_recycle_bin()
    {
        var diskId = NewPrepaid();
        _server.Write(diskId, 0, 9);
        _server.Disks.Terminate([diskId], false, false, TestServer.Caller);
        _server.Clock.Now = _server.Clock.Now.AddDays(3);

        Attributes.Renew(diskId, new(1, null), TestServer.Caller);

        var disk = _server.Disks.Find(diskId)!;
        Assert.Equal(("UNATTACHED", _server.Clock.Now.AddMonths(1)), (disk.DiskState, disk.DeadlineTime));
        Assert.Equal(9, _server.Read(diskId, 0));
    }

    [Fact]
    public void Disks_change_how_they_are_paid_for()
    {
        var diskId = _server.NewDisk();

        Attributes.ModifyChargeType([diskId], new(3, "NOTIFY_AND_AUTO_RENEW"), TestServer.Caller);
        var prepaid = _server.Disks.Find(diskId)!;
        Attributes.ModifyChargeType([diskId], new(6, null), TestServer.Caller);
        var again = _server.Disks.Find(diskId)!;
        Attributes.ModifyChargeType([diskId], null, TestServer.Caller);
        var postpaid = _server.Disks.Find(diskId)!;

        Assert.Equal(
            ("PREPAID", _server.Clock.Now.AddMonths(3), "NOTIFY_AND_AUTO_RENEW"),
            (prepaid.DiskChargeType, prepaid.DeadlineTime, prepaid.RenewFlag));
        Assert.Equal(prepaid.DeadlineTime, again.DeadlineTime);
        Assert.Equal(
            ("POSTPAID_BY_HOUR", (DateTimeOffset?)null), (postpaid.DiskChargeType, postpaid.DeadlineTime));
    }

    [Fact]
    public void The_flag_and_period_of_renewal_are_kept()
    {
        var diskId = _server.NewDisk();

        Attributes.ModifyRenewFlag([diskId], "DISABLE_NOTIFY_AND_MANUAL_RENEW", 6, TestServer.Caller);

        var disk = _server.Disks.Find(diskId)!;
        Assert.Equal(("DISABLE_NOTIFY_AND_MANUAL_RENEW", 6), (disk.RenewFlag, disk.AutoRenewPeriod));
        Refusal.Of(
            ErrorCode.InvalidParameterValue,
            () => Attributes.ModifyRenewFlag([diskId], "NEVER", null, TestServer.Caller));
        Refusal.Of(
            ErrorCode.MissingParameter, () => Attributes.ModifyRenewFlag([diskId], null, null, TestServer.Caller));
        Refusal.Of(
            ErrorCode.InvalidParameterValue,
            () => Attributes.ModifyRenewFlag([diskId], "NOTIFY_AND_AUTO_RENEW", 37, TestServer.Caller));
    }

    private string NewPrepaid() => _server.Disks.Create(
        new() { DiskSize = 1, DiskChargeType = "PREPAID", PrepaidPeriod = 1 }, TestServer.Caller)[0];

    private void ChangeType(string diskId, string diskType) =>
        Attributes.Modify(new() { DiskIds = [diskId], DiskType = diskType }, TestServer.Caller);

    private string Refused(string code, ModifyDiskAttributesRequest request) =>
        Refusal.Of(code, () => Attributes.Modify(request, TestServer.Caller)).Message;
}
