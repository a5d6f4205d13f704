namespace Tidemark.Disks.Tests.Instances;

/// <summary>Rollbacks of disks in the hands of an instance.</summary>
public sealed class AttachedRollbackTests : IDisposable
{
    private const string Host = "ins-11111111";

    private readonly TestServer _server = new();

    public void Dispose() => _server.Dispose();

    [Theory]
    [InlineData(false, "STOPPED")]
    [InlineData(true, "RUNNING")]
    public void A_backup_point_is_applied_when_the_instance_may_be_stopped(bool startsAgain, string after)
    {
        var (diskId, backupId) = AttachedWithBackup();

        Refusal.Of(
            ErrorCode.InstanceNotStopped,
            () => _server.Domain.Backups.Apply(backupId, diskId, new(), TestServer.Caller));
        Assert.Equal(2, _server.Read(diskId, 0));
        _server.Domain.Backups.Apply(
            backupId, diskId, new() { StopsInstance = true, StartsInstance = startsAgain }, TestServer.Caller);

        Assert.Equal(1, _server.Read(diskId, 0));
        Assert.Equal(after, _server.Domain.Instances.Find(Host)!.InstanceState);
        Assert.Equal("ATTACHED", _server.Disks.Find(diskId)!.DiskState);
    }

    [Fact]
    public void A_backup_point_is_applied_while_the_instance_is_stopped()
    {
        var (diskId, backupId) = AttachedWithBackup();
        _server.Domain.Instances.Stop([Host], TestServer.Caller);

        _server.Domain.Backups.Apply(backupId, diskId, new(), TestServer.Caller);

        Assert.Equal(1, _server.Read(diskId, 0));
    }

    [Fact]
    public void An_instance_that_is_stopped_loses_its_connection()
    {
        var (diskId, backupId) = AttachedWithBackup();
        var export = _server.OpenExport(diskId);
        _server.Domain.Clients.Disconnect = _ => export.Dispose();

        _server.Domain.Backups.Apply(backupId, diskId, new() { StopsInstance = true }, TestServer.Caller);

        Assert.Equal(0, _server.Domain.Clients.Count(diskId));
        Assert.Equal(1, _server.Read(diskId, 0));
    }

    [Fact]
    public void A_group_is_applied_to_disks_of_one_instance()
    {
        string[] disks = [_server.NewDisk(), _server.NewDisk()];
        foreach (var diskId in disks)
            _server.Write(diskId, 0, 1);
        var groupId = _server.NewGroup(disks);
        var members = _server.Domain.Groups.Find(groupId)!.SnapshotIds;
        foreach (var diskId in disks)
            _server.Write(diskId, 0, 2);
        _server.Domain.Attachment.Attach(new() { InstanceId = Host, DiskIds = disks }, TestServer.Caller);

        Refusal.Of(ErrorCode.InstanceNotStopped, () => Apply(new()));
        Apply(new() { StopsInstance = true });

        Assert.All(disks, diskId =>
        {
            Assert.Equal(1, _server.Read(diskId, 0));
            Assert.Equal("ATTACHED", _server.Disks.Find(diskId)!.DiskState);
        });
        Assert.Equal("STOPPED", _server.Domain.Instances.Find(Host)!.InstanceState);

        void Apply(RollbackOptions options) => _server.Domain.Groups.Apply(
            groupId, [new(members[0], disks[0]), new(members[1], disks[1])], options, TestServer.Caller);
    }

    private (string DiskId, string BackupId) AttachedWithBackup()
    {
        var diskId = _server.NewDiskWithBackups();
        _server.Write(diskId, 0, 1);
        var backupId = _server.NewBackup(diskId);
        _server.Write(diskId, 0, 2);
        _server.Domain.Attachment.Attach(new() { InstanceId = Host, DiskIds = [diskId] }, TestServer.Caller);
        return (diskId, backupId);
    }
}
