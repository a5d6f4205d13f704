using System.Globalization;
using System.Text.Json.Nodes;
using Tidemark.EndToEnd.Support;
using Tidemark.Nbd;

namespace Tidemark.EndToEnd;

public sealed class MemoryTests
{
    private const int DiskCount = 200;
    private const int DisksAtOnce = 50;
    private const int RoundCount = 2;
    private const int LargeBytes = 1 << 20;
    private const long DiskBytes = 1L << 30;
    private const long BudgetBytes = 128L << 20;

    // The stated base: the program, and for each client its small buffers, its thread and what the thread keeps.
    private const long ProgramBytes = 160L << 20;
    private const long ClientBytes = 1280L << 10;

    [Fact]
    public async Task Two_hundred_disks_with_a_client_each_stay_within_the_budget_and_the_stated_base()
    {
        using var folder = new TemporaryFolder();
        using var server = ServerProcess.Start(
            folder.In("data"), "--memory", BudgetBytes.ToString(CultureInfo.InvariantCulture));
        var random = Seed.Random(nameof(MemoryTests));
        var disks = await CreateDisks(server);
        var atStart = server.PeakResidentBytes();
        var failures = new List<Exception>();
        var threads = disks.ConvertAll(
            disk => new Thread(Work(server, disk, new Random(random.Next()), failures)));
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());

        Assert.Empty(failures);
        var peak = server.PeakResidentBytes();
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"resident at most: {atStart >> 20} MiB idle, {peak >> 20} MiB at work"));
        Assert.InRange(peak, 0, BudgetBytes + ProgramBytes + (DiskCount * ClientBytes));
        server.Stop();
    }

    private static async Task<List<string>> CreateDisks(ServerProcess server)
    {
        var disks = new List<string>();
        while (disks.Count < DiskCount)
        {
            var answer = await server.Call("CreateDisks", new JsonObject
            {
                ["DiskName"] = "one of many",
                ["DiskSize"] = 1,
                ["DiskCount"] = DisksAtOnce,
                ["DiskType"] = "CLOUD_PREMIUM",
                ["DiskChargeType"] = "POSTPAID_BY_HOUR",
                ["Placement"] = new JsonObject { ["Zone"] = "ap-guangzhou-1" },
            });
            disks.AddRange(answer.GetProperty("DiskIdSet").EnumerateArray().Select(id => id.GetString()!));
        }

        return disks;
    }

    private static ThreadStart Work(ServerProcess server, string disk, Random random, List<Exception> failures) => () =>
    {
        try
        {
            using var client = server.Connect(disk);
            for (var round = 0; round < RoundCount; round++)
                WorkOnce(client, random);
        }
        catch (Exception failure) when (failure is NbdException or IOException or InvalidDataException)
        {
            lock (failures)
                failures.Add(failure);
        }
    };

    // All kinds of requests at every size, so that each client takes as much of the server as it can.
    private static void WorkOnce(NbdClient client, Random random)
    {
        var offset = random.NextInt64((DiskBytes - LargeBytes) >> 12) << 12;
        var written = new byte[LargeBytes];
        random.NextBytes(written);
        client.Write(offset, written);
        for (var small = 0; small < 32; small++)
            client.Write(random.NextInt64(DiskBytes >> 12) << 12, written.AsSpan(0, 4096));
        client.Write(offset, written, isDurable: random.Next(4) == 0);
        client.Trim(random.NextInt64(DiskBytes >> 13) << 12, DiskBytes / 4);
        client.Write(offset, written);
        var found = new byte[LargeBytes];
        client.Read(offset, found);
        if (!found.AsSpan().SequenceEqual(written))
            throw new InvalidDataException($"{client} read something else at {offset} than it wrote.");
    }
}
