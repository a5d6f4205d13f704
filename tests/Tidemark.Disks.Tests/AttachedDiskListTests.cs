using Tidemark.Disks.Queries;

namespace Tidemark.Disks.Tests;

public sealed class AttachedDiskListTests : IDisposable
{
    private readonly TestServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public void Disks_are_found_by_what_is_known_of_their_instance()
    {
        var attached = _server.NewDisk();
        _server.NewDisk();
        var hostId = _server.Domain.Instances.Register(
            new() { InstanceName = "db", Address = "10.0.0.5" }, TestServer.Caller);
        _server.Domain.Attachment.Attach(new() { InstanceId = hostId, DiskIds = [attached] }, TestServer.Caller);

        Assert.Equal([attached], Find("instance-id", hostId));
        Assert.Equal([attached], Find("instance-name", "web", "db"));
        Assert.Equal([attached], Find("instance-ip-address", "10.0.0.5"));
        Assert.Empty(Find("instance-name", "web"));
        Assert.Equal([attached], Find("disk-state", "ATTACHED"));
    }

    [Fact]
    public void Disks_are_found_by_whether_they_are_elastic()
    {
        var elastic = _server.NewDisk();
        var other = _server.NewDisk();
        _server.Change(other, disk => disk with { IsPortable = false });

        Assert.Equal([elastic], Find("portable", "TRUE"));
        Assert.Equal([other], Find("portable", "false"));
        Assert.Equal(2, Find("portable", "TRUE", "FALSE").Count());
        Assert.Empty(Find("portable", "MAYBE"));
    }

    [Theory]
    [InlineData("ASC", "d1 d3 none")]
    [InlineData("DESC", "d3 d1 none")]
    public void What_has_no_deadline_comes_last(string order, string names)
    {
        _server.NewDisk("none");
        foreach (var months in new[] { 3, 1 })
        {
            _server.Disks.Create(
                new() { DiskName = $"d{months}", DiskSize = 1, DiskChargeType = "PREPAID", PrepaidPeriod = months },
                TestServer.Caller);
        }

        var page = _server.Disks.List(new() { OrderField = "DEADLINE", Order = order });

        Assert.Equal(names, string.Join(' ', page.Items.Select(disk => disk.DiskName)));
    }

    private IEnumerable<string> Find(string name, params string[] values) =>
        _server.Disks.List(new() { Filters = [new Filter(name, values)] }).Items.Select(disk => disk.DiskId);
}
