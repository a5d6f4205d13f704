using Tidemark.Catalog;
using Tidemark.Disks.Instances;

namespace Tidemark.Disks.Tests.Instances;

public sealed class RollbackRuleTests : IDisposable
{
    private const string Host = "ins-11111111";

    private readonly TestServer _server = new();

    public void Dispose() => _server.Dispose();

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void A_detached_disk_may_always_be_rolled_back(bool autoStop, bool autoStart)
    {
        var permit = Check([_server.NewDisk()], autoStop, autoStart);

        Assert.False(permit.DisconnectsClients);
    }

    [Fact]
    public void A_running_instance_is_a_reason_to_refuse()
    {
        var diskId = Attached(Host);

        var refusal = Refusal.Of(ErrorCode.InstanceNotStopped, () => Check([diskId], false, false));

        Assert.Contains(Host, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stopped_instance_stays_stopped()
    {
        var diskId = Attached(Host);
        _server.Domain.Instances.Stop([Host], TestServer.Caller);

        var permit = Check([diskId], false, false);
        Apply(permit);

        Assert.False(permit.DisconnectsClients);
        Assert.Equal("STOPPED", StateOfHost);
    }

    [Theory]
    [InlineData(false, "STOPPED")]
    [InlineData(true, "RUNNING")]
    public void An_instance_that_may_be_stopped_is_stopped_and_perhaps_started_again(bool autoStart, string after)
    {
        var permit = Check([Attached(Host)], true, autoStart);

        Apply(permit);

        Assert.True(permit.DisconnectsClients);
        Assert.Equal(after, StateOfHost);
    }

    [Fact]
    public void Disks_of_several_instances_are_refused_and_start_needs_stop()
    {
        string[] disks = [Attached(Host), Attached("ins-22222222")];

        Refusal.Of(ErrorCode.GroupOnSeveralInstances, () => Check(disks, true, false));
        Refusal.Of(ErrorCode.InvalidParameterValue, () => Check([disks[0]], false, true));
    }

    private string StateOfHost => _server.Domain.Instances.Find(Host)!.InstanceState;

    private string Attached(string instanceId)
    {
        var diskId = _server.NewDisk();
        _server.Domain.Attachment.Attach(new() { InstanceId = instanceId, DiskIds = [diskId] }, TestServer.Caller);
        return diskId;
    }

    private RollbackPermit Check(string[] diskIds, bool autoStop, bool autoStart) => _server.Catalog.Read(
        reader => RollbackRule.Check(
            reader, [.. diskIds.Select(id => DiskTable.Get(reader, id))], autoStop, autoStart));

    private void Apply(RollbackPermit permit) =>
        _server.Catalog.Commit(transaction => permit.Apply(SqlTransaction.Of(transaction)));
}
