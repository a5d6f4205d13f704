namespace Tidemark.Disks.Tests;

/// <summary>Random actions on a few disks and hosts, each outcome compared with a model.</summary>
public sealed class DiskRandomWalkTests : IDisposable
{
    private const int DiskCount = 6;
    private const int Steps = 400;
    private static readonly string[] Hosts = ["ins-11111111", "eks-22222222", "ins-33333333"];

    private readonly TestServer _server = new(options => options with { KeepDeleted = TimeSpan.FromDays(30) });

    public void Dispose() => _server.Dispose();

    [Theory]
    [InlineData(20261101)]
    [InlineData(20261102)]
    [InlineData(20261103)]
    public void Every_outcome_is_that_of_the_model(int seed)
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var ids = _server.Disks.Create(new() { DiskSize = 1, DiskCount = DiskCount }, TestServer.Caller);
        var models = ids.Select(_ => new DiskModel()).ToList();

        for (var step = 0; step < Steps; step++)
        {
            var index = random.Next(DiskCount);
            var action = random.Next(10);
            var (expected, found) = action == 0
                ? LoseHost(models, Hosts[random.Next(Hosts.Length)])
                : Run(action, ids[index], models, models[index], random);
            Assert.True(expected == found, $"seed {seed}, step {step}, action {action}: {expected} is not {found}");
            for (var each = 0; each < DiskCount; each++)
                AssertAlike(models[each], _server.Disks.Find(ids[each]), $"seed {seed}, step {step}, {ids[each]}");
        }
    }

    private (string Expected, string Found) Run(
        int action, string diskId, List<DiskModel> models, DiskModel model, Random random)
    {
        var host = Hosts[random.Next(Hosts.Length)];
        var isTrue = random.Next(2) == 0;
        var attributes = _server.Domain.Attributes;
        var caller = TestServer.Caller;
        return action switch
        {
            1 or 2 => (model.Attach(host, isTrue, models.Count(each => each.Host == host)), Outcome(
                () => _server.Domain.Attachment.Attach(
                    new() { InstanceId = host, DiskIds = [diskId], DeleteWithInstance = isTrue }, caller))),
            3 => (model.Detach(), Outcome(() => _server.Domain.Attachment.Detach([diskId], null, caller))),
            4 => (model.Grow(), Outcome(() => _server.Disks.Resize(diskId, model.SizeGiB, caller))),
            5 => (model.Charge(isTrue), Outcome(
                () => attributes.ModifyChargeType([diskId], isTrue ? new(1, null) : null, caller))),
            6 => (model.Renew(), Outcome(() => attributes.Renew(diskId, new(1, null), caller))),
            7 or 8 => (model.Terminate(), Outcome(() => _server.Disks.Terminate([diskId], false, false, caller))),
            _ => (model.Restore(), Outcome(() => _server.Domain.Deleted.Restore([diskId], caller))),
        };
    }

    private (string Expected, string Found) LoseHost(List<DiskModel> models, string host)
    {
        var expected = _server.Domain.Instances.Find(host) is null ? ErrorCode.InstanceNotFound : "";
        models.ForEach(model => model.LoseHost(host));
        return (expected, Outcome(() => _server.Domain.Instances.Deregister(host, false, TestServer.Caller)));
    }

    private static void AssertAlike(DiskModel model, Disk? disk, string where)
    {
        Assert.True(model.IsHidden == disk is null, where);
        if (disk is null)
            return;
        Assert.True(
            (model.State, model.Host, model.IsPrepaid, model.GoesWithHost, model.SizeGiB)
                == (disk.DiskState, disk.InstanceId, disk.DiskChargeType == ChargeType.Prepaid,
                    disk.DeleteWithInstance, disk.DiskSizeGiB),
            $"{where}: {disk}");
    }

    private static string Outcome(Action action)
    {
        try
        {
            action();
            return "";
        }
        catch (DomainException refusal)
        {
            return refusal.Code;
        }
    }
}
