using System.Globalization;
using Tidemark.EndToEnd.Support;
using Tidemark.Nbd;

namespace Tidemark.EndToEnd;

public sealed class RandomDeletionTests
{
    private const int SnapshotCount = 100;
    private const int SurvivorCount = 20;
    private const int DiskBlocks = (1 << 30) / PatternDisk.BlockBytes;
    private const int RunBlocksMax = 192;
    private const int RunsBetween = 12;

    // Each clone is made of a snapshot and written to; the snapshot may go.
    private static readonly int[] CloneAfter = [25, 50, 75];

    private readonly Dictionary<string, int[]> _snapshots = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int[]> _disks = new(StringComparer.Ordinal);

    [Fact]
    public async Task A_hundred_snapshots_with_clones_deleted_in_random_order_leave_the_rest_whole_and_give_space_back()
    {
        using var folder = new TemporaryFolder();
        using var server = ServerProcess.Start(folder.In("data"));
        var random = Seed.Random(nameof(RandomDeletionTests));
        var model = new PatternDisk(DiskBlocks);
        await TakeAll(server, model, random);

        var order = _snapshots.Keys.ToArray();
        random.Shuffle(order);
        var done = 0;
        foreach (var snapshot in order[SurvivorCount..])
        {
            await server.Client.Snapshots.DeleteAsync([snapshot], CancellationToken.None);
            _snapshots.Remove(snapshot);
            if (++done % 20 == 0)
                VerifyAll(server, model);
        }

        await server.WaitUntilDrained();
        await AwaitSpace(server);
        VerifyAll(server, model);
        server.Cli("check");
        server.Stop();
    }

    private async Task TakeAll(ServerProcess server, PatternDisk model, Random random)
    {
        var disk = server.CreateDisk("changing");
        using var client = server.Connect(disk);
        for (var number = 0; number < SnapshotCount; number++)
        {
            Change(client, model, random);
            var snapshot = await server.Client.Snapshots.CreateAsync(disk, $"s{number}", [], CancellationToken.None);
            _snapshots.Add(snapshot, model.Image());
            if (CloneAfter.Contains(number))
                AddClone(server, model, random, snapshot);
        }

        Change(client, model, random);
        _disks.Add(disk, model.Image());
    }

    private void AddClone(ServerProcess server, PatternDisk model, Random random, string snapshot)
    {
        var image = model.Image();
        var clone = server.Cli("disk", "create", $"clone of {snapshot}", "--from", snapshot)
            .GetProperty("DiskIdSet")[0].GetString()!;
        using (var client = server.Connect(clone))
            Change(client, model, random);
        _disks.Add(clone, model.Image());
        model.Restore(image);
    }

    // Runs that overlap those of before, on an eighth of the disk.
    private static void Change(NbdClient client, PatternDisk model, Random random)
    {
        for (var run = 0; run < RunsBetween; run++)
        {
            var first = random.Next(DiskBlocks / 8);
            var count = random.Next(1, RunBlocksMax);
            if (random.Next(6) == 0)
                model.Trim(client, first, count);
            else
                model.Write(client, first, count);
        }
    }

    private void VerifyAll(ServerProcess server, PatternDisk model)
    {
        foreach (var (export, image) in _snapshots.Concat(_disks))
        {
            using var client = server.Connect(export, "base:allocation");
            model.Verify(client, image, export);
        }
    }

    private async Task AwaitSpace(ServerProcess server)
    {
        var visible = PatternDisk.VisibleBytes([.. _snapshots.Values, .. _disks.Values]);
        var held = 0L;
        await Polling.Until(
            () => Task.FromResult((held = server.StoreBytes()) <= visible + (visible / 10)),
            () => string.Create(
                CultureInfo.InvariantCulture, $"{held} bytes held, {visible} visible: {(double)held / visible:0.000}"));
        TestContext.Current.TestOutputHelper?.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{held} bytes held, {visible} visible"));
    }
}
