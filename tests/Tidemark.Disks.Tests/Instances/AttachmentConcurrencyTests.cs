namespace Tidemark.Disks.Tests.Instances;

public sealed class AttachmentConcurrencyTests : IDisposable
{
    private const int ClientCount = 100;
    private const int DiskCount = 8;
    private const int Rounds = 6;
    private const int Seed = 20261123;

    private readonly TestServer _server = new();

    public void Dispose() => _server.Dispose();

    // Each client has an instance of its own. Between the success of its attachment and its detachment nobody else may
    // believe that he holds the disk.
    [Fact]
    public void A_hundred_clients_never_hold_one_disk_twice()
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {Seed}");
        var disks = _server.Disks.Create(new() { DiskSize = 1, DiskCount = DiskCount }, TestServer.Caller);
        var holders = new int[DiskCount];
        var problems = new System.Collections.Concurrent.ConcurrentQueue<string>();
        var attachedCount = 0;
        using var start = new Barrier(ClientCount);

        void RunClient(int client)
        {
            var random = new Random(Seed + client);
            start.SignalAndWait(TestContext.Current.CancellationToken);
            for (var round = 0; round < Rounds; round++)
            {
                var disk = random.Next(DiskCount);
                if (!TryAttach(client, disks[disk], problems))
                    continue;
                Interlocked.Increment(ref attachedCount);
                if (Interlocked.CompareExchange(ref holders[disk], client, 0) != 0)
                    problems.Enqueue($"client {client} attached {disks[disk]}, which client {holders[disk]} holds");
                Interlocked.CompareExchange(ref holders[disk], 0, client);
                _server.Domain.Attachment.Detach([disks[disk]], InstanceOf(client), TestServer.Caller);
            }
        }

        var clients = Enumerable.Range(1, ClientCount).Select(client => new Thread(() => RunClient(client))).ToList();
        clients.ForEach(client => client.Start());
        clients.ForEach(client => client.Join());

        Assert.Empty(problems);
        Assert.True(attachedCount >= DiskCount, $"only {attachedCount} attachments succeeded");
        Assert.All(disks, diskId => Assert.False(_server.Disks.Find(diskId)!.IsAttached));
        Assert.Equal(attachedCount, _server.Catalog.Read(reader => reader.Number(
            "SELECT count(*) FROM events WHERE action = 'AttachDisks' AND result = 'Success'")));
    }

    [Fact]
    public void No_race_puts_more_than_twenty_disks_on_an_instance()
    {
        const int tries = 30;
        var disks = _server.Disks.Create(new() { DiskSize = 1, DiskCount = tries }, TestServer.Caller);
        var codes = new string[tries];
        using var start = new Barrier(tries);
        var clients = Enumerable.Range(0, tries).Select(index => new Thread(() =>
        {
            start.SignalAndWait(TestContext.Current.CancellationToken);
            codes[index] = Outcome(() => _server.Domain.Attachment.Attach(
                new() { InstanceId = "ins-00000001", DiskIds = [disks[index]] }, TestServer.Caller));
        })).ToList();

        clients.ForEach(client => client.Start());
        clients.ForEach(client => client.Join());

        Assert.Equal(20, codes.Count(code => code.Length == 0));
        Assert.Equal(tries - 20, codes.Count(code => code == ErrorCode.InstanceDisksMax));
        Assert.Equal(20, _server.Domain.Instances.CountDisks(["ins-00000001"], null)[0].AttachedCount);
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

    private bool TryAttach(
        int client, string diskId, System.Collections.Concurrent.ConcurrentQueue<string> problems)
    {
        try
        {
            _server.Domain.Attachment.Attach(
                new() { InstanceId = InstanceOf(client), DiskIds = [diskId] }, TestServer.Caller);
            return true;
        }
        catch (DomainException refusal)
        {
            if (refusal.Code != ErrorCode.AttachedElsewhere)
                problems.Enqueue($"client {client}: {refusal.Code} {refusal.Message}");
            return false;
        }
    }

    private static string InstanceOf(int client) => $"ins-{client:D8}";
}
