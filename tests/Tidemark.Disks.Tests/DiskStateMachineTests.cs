using Tidemark.Disks.Instances;

namespace Tidemark.Disks.Tests;

/// <summary>Tries every action on a disk in every state; a refusal leaves the disk as it was.</summary>
public sealed class DiskStateMachineTests : IDisposable
{
    private const string Host = "ins-11111111";
    private const string OtherHost = "ins-22222222";
    private const string Ok = "";

    private static readonly string[] States =
    [
        DiskState.Unattached, DiskState.Attaching, DiskState.Detaching, DiskState.Attached, DiskState.Expanding,
        DiskState.RollingBack, DiskState.ToRecycle,
    ];

    // In the order of the states above; empty: allowed.
    private static readonly Dictionary<string, string[]> Expected = new()
    {
        ["attach"] = Row(Ok, ErrorCode.Busy, Ok, ErrorCode.Busy, ErrorCode.DiskExpired),
        ["attach elsewhere"] =
            Row(Ok, ErrorCode.Busy, ErrorCode.AttachedElsewhere, ErrorCode.Busy, ErrorCode.DiskExpired),
        ["detach"] = Row(ErrorCode.WrongState, ErrorCode.Busy, Ok, ErrorCode.Busy, ErrorCode.DiskExpired),
        ["resize"] = Row(Ok, ErrorCode.Busy, Ok, ErrorCode.DiskBusy, ErrorCode.DiskExpired),
        ["rename"] = Row(Ok, Ok, Ok, Ok, ErrorCode.DiskExpired),
        ["change type"] = Row(Ok, Ok, Ok, Ok, ErrorCode.DiskExpired),
        ["renew flag"] = Row(Ok, Ok, Ok, Ok, ErrorCode.DiskExpired),
        ["extra performance"] = Row(Ok, ErrorCode.DiskBusy, Ok, ErrorCode.DiskBusy, ErrorCode.DiskExpired),
        ["charge type"] = Row(Ok, ErrorCode.DiskBusy, Ok, ErrorCode.DiskBusy, ErrorCode.DiskExpired),
        ["renew"] = Row(Ok, ErrorCode.DiskBusy, Ok, ErrorCode.DiskBusy, Ok),
        ["terminate"] = Row(Ok, ErrorCode.Busy, ErrorCode.WrongState, ErrorCode.Busy, Ok),
    };

    private readonly TestServer _server = new();

    public static IEnumerable<TheoryDataRow<string, string, string>> Cases =>
        from action in Expected
        from index in Enumerable.Range(0, States.Length)
        select new TheoryDataRow<string, string, string>(action.Key, States[index], action.Value[index]);

    public void Dispose() => _server.Dispose();

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_action_in_every_state(string action, string state, string code)
    {
        var diskId = _server.Disks.Create(
            new() { DiskSize = 1, DiskType = "CLOUD_PREMIUM", DiskChargeType = "PREPAID", PrepaidPeriod = 1 },
            TestServer.Caller)[0];
        _server.Domain.Attachment.Attach(new() { InstanceId = Host, DiskIds = [diskId] }, TestServer.Caller);
        _server.Change(diskId, disk => In(disk, state));
        var before = _server.Disks.Find(diskId)!;

        if (code == Ok)
        {
            Run(action, diskId);
            Assert.NotEqual(action != "attach" || state != DiskState.Attached, Same(before, diskId));
        }
        else
        {
            Refusal.Of(code, () => Run(action, diskId));
            Assert.True(Same(before, diskId));
        }
    }

    private static string[] Row(
        string unattached, string attachment, string attached, string work, string recycled) =>
        [unattached, attachment, attachment, attached, work, work, recycled];

    private static Disk In(Disk disk, string state) =>
        (state is DiskState.Unattached or DiskState.ToRecycle ? DiskAttachment.Detached(disk) : disk) with
        {
            DiskState = state,
        };

    private void Run(string action, string diskId)
    {
        var attributes = _server.Domain.Attributes;
        Action<Caller> run = action switch
        {
            "attach" => caller => _server.Domain.Attachment.Attach(
                new() { InstanceId = Host, DiskIds = [diskId] }, caller),
            "attach elsewhere" => caller => _server.Domain.Attachment.Attach(
                new() { InstanceId = OtherHost, DiskIds = [diskId] }, caller),
            "detach" => caller => _server.Domain.Attachment.Detach([diskId], null, caller),
            "resize" => caller => _server.Disks.Resize(diskId, 2, caller),
            "rename" => caller => attributes.Modify(new() { DiskIds = [diskId], DiskName = "new" }, caller),
            "change type" => caller => attributes.Modify(
                new() { DiskIds = [diskId], DiskType = "CLOUD_SSD" }, caller),
            "renew flag" => caller => attributes.ModifyRenewFlag([diskId], "NOTIFY_AND_AUTO_RENEW", null, caller),
            "extra performance" => caller => attributes.ModifyExtraPerformance(diskId, 100, caller),
            "charge type" => caller => attributes.ModifyChargeType([diskId], null, caller),
            "renew" => caller => attributes.Renew(diskId, new(1, null), caller),
            _ => caller => _server.Disks.Terminate([diskId], false, false, caller),
        };
        run(TestServer.Caller);
    }

    private bool Same(Disk before, string diskId) =>
        _server.Disks.Find(diskId) is { } now
        && now with { Tags = before.Tags, PolicyIds = before.PolicyIds } == before;
}
