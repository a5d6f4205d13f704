namespace Tidemark.Disks.Tests;

public sealed class EventLogTests
{
    [Fact]
    public void What_was_done_and_what_was_refused_is_noted()
    {
        using var server = new TestServer();
        var diskId = server.NewDisk();
        var snapshotId = server.NewSnapshot(diskId);
        Refusal.Of(ErrorCode.InvalidParameterValue, () => server.Disks.Resize(diskId, 1, TestServer.Caller));
        server.Snapshots.Apply(snapshotId, diskId, new() { KeepsSafety = false }, TestServer.Caller);
        server.Snapshots.Delete([snapshotId], TestServer.Caller);
        server.Disks.Terminate([diskId], false, false, TestServer.Caller);

        var events = server.Domain.Events.List(null, 100, null);

        Assert.Equal(
            ["TerminateDisks", "DeleteSnapshots", "ApplySnapshot", "ResizeDisk", "CreateSnapshot", "CreateDisks"],
            events.Select(each => each.Action));
        Assert.Equal(
            ["Success", "Success", "Success", "InvalidParameterValue", "Success", "Success"],
            events.Select(each => each.Result));
        Assert.All(events, each => Assert.Equal(
            ("AKIDtest", "request-1", "10.0.0.7"), (each.Actor, each.RequestId, each.SourceAddress)));
        Assert.All(events, each => Assert.Equal(server.Clock.Now, each.Time));
        Assert.Contains("DiskSize", events[3].Message, StringComparison.Ordinal);
        Assert.Equal(diskId, events[3].ResourceId);
        Assert.Single(server.Domain.Events.List(snapshotId, 100, null), each => each.Action == "CreateSnapshot");
        Assert.Equal(events[2].EventId, server.Domain.Events.List(null, 1, events[1].EventId)[0].EventId);
    }

    [Fact]
    public void The_oldest_events_go_first()
    {
        using var server = new TestServer(options => options with { EventsMax = 3 });

        for (var count = 0; count < 6; count++)
            server.NewDisk();

        var events = server.Domain.Events.List(null, 100, null);
        Assert.Equal([6L, 5L, 4L], events.Select(each => each.EventId));
    }
}
