using Tidemark.Disks.Accounts;
using Tidemark.Disks.Queries;

namespace Tidemark.Disks.Tests.Instances;

public sealed class InstanceOperationsTests : IDisposable
{
    private const string Host = "ins-11111111";

    private readonly TestServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public void A_host_is_registered_once_and_changed_afterwards()
    {
        var drawn = _server.Domain.Instances.Register(
            new() { InstanceName = "db", Zone = "test-2", Address = "10.0.0.5" }, TestServer.Caller);
        _server.Domain.Instances.Register(new() { InstanceId = drawn, InstanceName = "db-1" }, TestServer.Caller);

        var instance = _server.Domain.Instances.Find(drawn)!;
        Assert.Matches("^ins-[a-z0-9]{8}$", drawn);
        Assert.Equal(
            ("db-1", "test-2", "10.0.0.5", "RUNNING"),
            (instance.InstanceName, instance.Zone, instance.Address, instance.InstanceState));
    }

    [Fact]
    public void Labels_go_with_their_host()
    {
        _server.Domain.Instances.Register(new() { InstanceId = Host }, TestServer.Caller);
        _server.Catalog.Commit(transaction => TagTable.Put(
            Catalog.SqlTransaction.Of(transaction), Host, [new Tag("team", "a")]));

        _server.Domain.Instances.Deregister(Host, false, TestServer.Caller);

        Assert.Empty(_server.Catalog.Read(reader => TagTable.Load(reader, [Host])));
    }

    [Fact]
    public void What_cannot_be_a_host_is_refused()
    {
        Refusal.Of(ErrorCode.InvalidParameterValue, () => Register(new() { InstanceId = "host" }));
        Refusal.Of(ErrorCode.InvalidParameterValue, () => Register(new() { Zone = "mars" }));
        Refusal.Of(ErrorCode.InvalidParameterValue, () => Register(new() { Address = "ten" }));
        Refusal.Of(ErrorCode.InvalidParameterValue, () => Register(new() { InstanceName = new string('x', 61) }));
        Register(new() { InstanceId = Host });
        var other = TestServer.Caller with { Scope = new Scope("100000000002", "test") };
        Refusal.Of(
            ErrorCode.InvalidParameterValue,
            () => _server.Domain.Instances.Register(new() { InstanceId = Host }, other));
    }

    [Fact]
    public void A_host_with_disks_stays_in_its_zone()
    {
        Attach(_server.NewDisk());

        Refusal.Of(ErrorCode.WrongState, () => Register(new() { InstanceId = Host, Zone = "test-2" }));
        Register(new() { InstanceId = Host, Zone = "test-1" });
    }

    [Fact]
    public void Deregistering_terminates_what_goes_with_it_and_detaches_the_rest()
    {
        var going = _server.NewDisk();
        var staying = _server.NewDisk();
        Attach(going, true);
        Attach(staying);

        _server.Domain.Instances.Deregister(Host, false, TestServer.Caller);

        Assert.Null(_server.Domain.Instances.Find(Host));
        Assert.Null(_server.Disks.Find(going));
        Assert.Equal([staying], _server.Engine.DiskIds);
        Assert.Equal("UNATTACHED", _server.Disks.Find(staying)!.DiskState);
        Refusal.Of(
            ErrorCode.InstanceNotFound, () => _server.Domain.Instances.Deregister(Host, false, TestServer.Caller));
    }

    [Fact]
    public void A_disk_that_became_prepaid_stays_when_its_host_goes()
    {
        var diskId = _server.NewDisk();
        Attach(diskId, true);
        _server.Domain.Attributes.ModifyChargeType([diskId], new(1, null), TestServer.Caller);

        _server.Domain.Instances.Deregister(Host, false, TestServer.Caller);

        Assert.Equal("UNATTACHED", _server.Disks.Find(diskId)!.DiskState);
    }

    [Fact]
    public void A_connected_client_of_a_disk_that_goes_keeps_the_host()
    {
        var going = _server.NewDisk();
        Attach(going, true);
        var export = _server.OpenExport(going);
        _server.Domain.Clients.Disconnect = _ => export.Dispose();

        Refusal.Of(ErrorCode.WrongState, () => _server.Domain.Instances.Deregister(Host, false, TestServer.Caller));
        Assert.Equal(Host, _server.Disks.Find(going)!.InstanceId);
        _server.Domain.Instances.Deregister(Host, true, TestServer.Caller);

        Assert.Null(_server.Disks.Find(going));
    }

    [Fact]
    public void Hosts_are_stopped_and_started_all_or_none()
    {
        Register(new() { InstanceId = Host });

        _server.Domain.Instances.Stop([Host], TestServer.Caller);
        Assert.Equal("STOPPED", _server.Domain.Instances.Find(Host)!.InstanceState);
        Refusal.Of(
            ErrorCode.InstanceNotFound,
            () => _server.Domain.Instances.Start([Host, "ins-00000000"], TestServer.Caller));
        Assert.Equal("STOPPED", _server.Domain.Instances.Find(Host)!.InstanceState);
        _server.Domain.Instances.Start([Host], TestServer.Caller);

        Assert.Equal("RUNNING", _server.Domain.Instances.Find(Host)!.InstanceState);
    }

    [Fact]
    public void Counts_are_given_for_known_hosts_and_for_those_to_come()
    {
        Attach(_server.NewDisk());

        var counts = _server.Domain.Instances.CountDisks([Host, "eks-00000000"], null);

        Assert.Equal([(Host, 1, 20), ("eks-00000000", 0, 20)], counts.Select(
            count => (count.InstanceId, count.AttachedCount, count.AttachedCountMax)));
        Assert.Null(_server.Domain.Instances.Find("eks-00000000"));
        Refusal.Of(ErrorCode.MissingParameter, () => _server.Domain.Instances.CountDisks([], null));
        Refusal.Of(ErrorCode.InvalidParameterValue, () => _server.Domain.Instances.CountDisks(["x"], null));
    }

    [Fact]
    public void Strict_servers_count_only_for_registered_hosts()
    {
        using var strict = new TestServer(options => options with { StrictInstances = true });
        strict.Domain.Instances.Register(new() { InstanceId = Host }, TestServer.Caller);

        var counts = strict.Domain.Instances.CountDisks([Host, "eks-00000000"], null);

        Assert.Equal([Host], counts.Select(count => count.InstanceId));
    }

    [Fact]
    public void Hosts_are_listed_with_their_disks()
    {
        var diskId = _server.NewDisk();
        Attach(diskId);
        Register(new() { InstanceId = "eks-22222222", InstanceName = "node", Zone = "test-2", Address = "10.1.1.1" });

        Assert.Equal([Host], Find("zone", "test-1"));
        Assert.Equal(["eks-22222222"], Find("instance-name", "node"));
        Assert.Equal(["eks-22222222"], Find("private-ip-address", "10.1.1.1"));
        Assert.Equal(["eks-22222222"], Find("instance-id", "eks-22222222", "ins-00000000"));
        Assert.Empty(Find("instance-state", "STOPPED"));
        var page = _server.Domain.Instances.List(new() { Ids = [Host, "eks-99999999"] });
        Assert.Equal(1, page.TotalCount);
        Assert.Equal([diskId], page.Items[0].Disks.Select(disk => disk.DiskId));
        Assert.Empty(_server.Domain.Instances.List(new() { Offset = 50 }).Items);
        Refusal.Of(ErrorCode.InvalidFilter, () => Find("colour", "red"));
        Refusal.Of(ErrorCode.InvalidParameterValue, () => _server.Domain.Instances.List(new() { Ids = ["disk-1"] }));
        Refusal.Of(ErrorCode.InvalidParameter, () => _server.Domain.Instances.List(
            new() { Ids = [Host], Filters = [new("zone", ["test-1"])] }));
    }

    private IEnumerable<string> Find(string name, params string[] values) => _server.Domain.Instances.List(
        new() { Filters = [new Filter(name, values)] }).Items.Select(instance => instance.InstanceId);

    private void Register(Disks.Instances.RegisterInstanceRequest request) =>
        _server.Domain.Instances.Register(request, TestServer.Caller);

    private void Attach(string diskId, bool? goes = null) => _server.Domain.Attachment.Attach(
        new() { InstanceId = Host, DiskIds = [diskId], DeleteWithInstance = goes }, TestServer.Caller);
}
