using Tidemark.Disks.Accounts;
using Tidemark.Disks.Instances;

namespace Tidemark.Disks.Tests.Instances;

public sealed class DiskAttachmentTests : IDisposable
{
    private const string Host = "ins-11111111";
    private const string OtherHost = "ins-22222222";

    private readonly TestServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public void An_attached_disk_says_where_it_is_and_later_where_it_was()
    {
        var diskId = _server.NewDisk();

        Attach(Host, diskId);
        var attached = _server.Disks.Find(diskId)!;
        Detach(null, diskId);
        var detached = _server.Disks.Find(diskId)!;

        Assert.Equal(
            ("ATTACHED", Host, Host, true),
            (attached.DiskState, attached.InstanceId, attached.LastInstanceId, attached.IsAttached));
        Assert.Equal(
            ("UNATTACHED", "", Host, false),
            (detached.DiskState, detached.InstanceId, detached.LastInstanceId, detached.IsAttached));
    }

    [Fact]
    public void The_first_use_registers_an_instance_in_the_disks_zone()
    {
        var diskId = NewDisk("test-2");

        Attach("eks-abcdefgh", diskId);

        var instance = _server.Domain.Instances.Find("eks-abcdefgh")!;
        Assert.Equal(
            ("test-2", "RUNNING", "eks-abcdefgh", _server.Clock.Now),
            (instance.Zone, instance.InstanceState, instance.InstanceName, instance.CreateTime));
    }

    [Fact]
    public void Only_registered_instances_are_accepted_when_told_so()
    {
        using var strict = new TestServer(options => options with { StrictInstances = true });
        var diskId = strict.NewDisk();

        Refusal.Of(ErrorCode.InstanceNotFound, () => strict.Domain.Attachment.Attach(
            new() { InstanceId = Host, DiskIds = [diskId] }, TestServer.Caller));
        strict.Domain.Instances.Register(new() { InstanceId = Host }, TestServer.Caller);
        strict.Domain.Attachment.Attach(new() { InstanceId = Host, DiskIds = [diskId] }, TestServer.Caller);

        Assert.Equal(Host, strict.Disks.Find(diskId)!.InstanceId);
    }

    [Fact]
    public void A_repeated_attachment_is_a_success_and_changes_nothing()
    {
        var first = _server.NewDisk();
        var second = _server.NewDisk();
        Attach(Host, first);

        Attach(Host, first, second);
        Attach(Host, first, second);

        Assert.Equal(2, _server.Domain.Instances.CountDisks([Host], null)[0].AttachedCount);
    }

    [Fact]
    public void A_disk_of_another_instance_keeps_all_others_back()
    {
        var taken = _server.NewDisk();
        var free = _server.NewDisk();
        Attach(Host, taken);

        Refusal.Of(ErrorCode.AttachedElsewhere, () => Attach(OtherHost, free, taken));

        Assert.False(_server.Disks.Find(free)!.IsAttached);
        Assert.Null(_server.Domain.Instances.Find(OtherHost));
    }

    [Fact]
    public void Disk_and_instance_must_be_in_one_zone()
    {
        var here = NewDisk("test-1");
        var there = NewDisk("test-2");

        var mixed = Refusal.Of(ErrorCode.ZoneNotMatch, () => Attach(Host, here, there));
        Attach(Host, here);
        Refusal.Of(ErrorCode.ZoneNotMatch, () => Attach(Host, there));

        Assert.Contains("test-2", mixed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_instance_has_at_most_twenty_disks()
    {
        var disks = _server.Disks.Create(new() { DiskSize = 1, DiskCount = 21 }, TestServer.Caller);
        Attach(Host, [.. disks.Take(10)]);
        Attach(Host, [.. disks.Skip(10).Take(9)]);

        var refusal = Refusal.Of(ErrorCode.InstanceDisksMax, () => Attach(Host, disks[19], disks[20]));
        Attach(Host, disks[19]);

        Assert.Contains("19 disks", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(20, _server.Domain.Instances.CountDisks([Host], null)[0].AttachedCount);
    }

    [Fact]
    public void Requests_are_bounded_and_ids_well_formed()
    {
        var many = Enumerable.Range(0, 11).Select(index => $"disk-{index:D8}").ToArray();

        Refusal.Of(ErrorCode.TooManyValues, () => Attach(Host, many));
        Refusal.Of(ErrorCode.TooManyValues, () => Detach(null, many));
        Refusal.Of(ErrorCode.MissingParameter, () => Attach(Host));
        Refusal.Of(ErrorCode.MissingParameter, () => Attach("", many[0]));
        Refusal.Of(ErrorCode.InvalidParameterValue, () => Attach("i-1", many[0]));
        Refusal.Of(ErrorCode.InvalidParameterValue, () => Attach("ins-1234567", many[0]));
        Refusal.Of(ErrorCode.InvalidParameterValue, () => Attach(Host, "vol-1"));
        Refusal.Of(ErrorCode.DiskNotFound, () => Attach(Host, many[0]));
        Refusal.Of(ErrorCode.DiskNotFound, () => Detach(Host, many[0]));
        Refusal.Of(ErrorCode.InvalidParameterValue, () => Detach("here", many[0]));
        Assert.Null(_server.Domain.Instances.Find(Host));
    }

    [Fact]
    public void Detaching_is_all_or_none_and_checks_the_instance()
    {
        var attached = _server.NewDisk();
        var free = _server.NewDisk();
        Attach(Host, attached);

        Refusal.Of(ErrorCode.WrongState, () => Detach(null, attached, free));
        Refusal.Of(ErrorCode.InvalidParameterValue, () => Detach(OtherHost, attached));
        Assert.True(_server.Disks.Find(attached)!.IsAttached);
        Detach(Host, attached);

        Assert.False(_server.Disks.Find(attached)!.IsAttached);
    }

    [Fact]
    public void Only_elastic_data_disks_are_attached()
    {
        var fixedDisk = Change(_server.NewDisk(), disk => disk with { IsPortable = false });
        var system = Change(_server.NewDisk(), disk => disk with { DiskUsage = DiskUsage.System });

        Refusal.Of(ErrorCode.DiskNotPortable, () => Attach(Host, fixedDisk));
        Refusal.Of(ErrorCode.DiskTypeError, () => Attach(Host, system));
        Change(fixedDisk, disk => disk with { DiskState = DiskState.Attached, InstanceId = Host });
        Refusal.Of(ErrorCode.DiskNotPortable, () => Detach(null, fixedDisk));
    }

    [Fact]
    public void Only_postpaid_disks_go_with_their_instance()
    {
        var prepaid = _server.Disks.Create(
            new() { DiskSize = 1, DiskChargeType = "PREPAID", PrepaidPeriod = 1 }, TestServer.Caller)[0];
        var postpaid = _server.NewDisk();

        Refusal.Of(ErrorCode.InvalidParameterValue, () => AttachForGood(prepaid));
        AttachForGood(postpaid);

        Assert.True(_server.Disks.Find(postpaid)!.DeleteWithInstance);
        Detach(null, postpaid);
        Assert.False(_server.Disks.Find(postpaid)!.DeleteWithInstance);
    }

    [Theory]
    [InlineData("PF")]
    [InlineData("VF")]
    [InlineData(null)]
    public void The_mode_of_attachment_is_kept(string? mode)
    {
        var diskId = _server.NewDisk();

        _server.Domain.Attachment.Attach(
            new() { InstanceId = Host, DiskIds = [diskId], AttachMode = mode }, TestServer.Caller);

        Assert.Equal(mode ?? "", _server.Disks.Find(diskId)!.AttachMode);
        Refusal.Of(ErrorCode.InvalidParameterValue, () => _server.Domain.Attachment.Attach(
            new() { InstanceId = Host, DiskIds = [diskId], AttachMode = "XF" }, TestServer.Caller));
    }

    [Fact]
    public void Nobody_sees_or_takes_what_is_of_another_account()
    {
        var mine = TestServer.Caller with { Scope = new Scope("100000000001", "test") };
        var other = TestServer.Caller with { Scope = new Scope("100000000002", "test") };
        var diskId = _server.NewDisk();
        var othersDisk = _server.Disks.Create(new() { DiskSize = 1 }, other)[0];
        _server.Domain.Attachment.Attach(new() { InstanceId = Host, DiskIds = [diskId] }, mine);

        Refusal.Of(ErrorCode.DiskNotFound, () => _server.Domain.Attachment.Detach([diskId], null, other));
        Refusal.Of(ErrorCode.InstanceNotFound, () => _server.Domain.Attachment.Attach(
            new() { InstanceId = Host, DiskIds = [othersDisk] }, other));
        Assert.Empty(_server.Domain.Instances.CountDisks([Host], other.Scope));
    }

    [Fact]
    public void Attachments_outlive_a_restart_and_leave_events()
    {
        var diskId = _server.NewDisk();
        Attach(Host, diskId);

        _server.Restart();

        Assert.Equal(Host, _server.Disks.Find(diskId)!.InstanceId);
        var last = _server.Domain.Events.List(null, 1, null)[0];
        Assert.Equal(("AttachDisks", diskId, "Success"), (last.Action, last.ResourceId, last.Result));
    }

    private void Attach(string instanceId, params string[] diskIds) => _server.Domain.Attachment.Attach(
        new() { InstanceId = instanceId, DiskIds = diskIds }, TestServer.Caller);

    private void AttachForGood(string diskId) => _server.Domain.Attachment.Attach(
        new() { InstanceId = Host, DiskIds = [diskId], DeleteWithInstance = true }, TestServer.Caller);

    private void Detach(string? instanceId, params string[] diskIds) =>
        _server.Domain.Attachment.Detach(diskIds, instanceId, TestServer.Caller);

    private string NewDisk(string zone) =>
        _server.Disks.Create(new() { DiskSize = 1, Zone = zone }, TestServer.Caller)[0];

    private string Change(string diskId, Func<Disk, Disk> change)
    {
        _server.Change(diskId, change);
        return diskId;
    }
}
