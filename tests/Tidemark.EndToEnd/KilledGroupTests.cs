using Tidemark.Client;
using Tidemark.EndToEnd.Support;

namespace Tidemark.EndToEnd;

public sealed class KilledGroupTests
{
    private const int RoundCount = 20;
    private const int DiskCount = 4;
    private const int BlockBytes = 4096;
    private const int DelayMicrosecondsMax = 60_000;

    private readonly Random _random = Seed.Random(nameof(KilledGroupTests));

    [Fact]
    public async Task A_kill_leaves_groups_whole_and_their_disks_together()
    {
        using var folder = new TemporaryFolder();
        var server = ServerProcess.Start(folder.In("data"));
        var outcomes = new Dictionary<string, int>(StringComparer.Ordinal);
        try
        {
            string[] disks = [.. Enumerable.Range(0, DiskCount).Select(index => server.CreateDisk($"disk-{index}"))];
            for (var round = 0; round < RoundCount; round++)
            {
                WriteAll(server, disks, 1);
                var group = await server.Client.Groups.CreateAsync(disks, $"round {round}", CancellationToken.None);
                WriteAll(server, disks, 2);
                var members = await Members(server, group);
                var work = Start(server, round, (group, members), disks);
                KillSoon(server);
                await IgnoreEnd(work);
                server.Dispose();
                server = ServerProcess.Start(folder.In("data"));
                var outcome = await Verify(server, disks);
                outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
            }

            Assert.Empty(server.Cli("check").GetProperty("Problems").EnumerateArray());
            server.Stop();
        }
        finally
        {
            server.Dispose();
        }

        TestContext.Current.TestOutputHelper?.WriteLine(
            string.Join("; ", outcomes.Select(outcome => $"{outcome.Key}: {outcome.Value}")));
    }

    // Rolls back three times out of five, because that is more than one commit.
    private static Task Start(
        ServerProcess server, int round, (string Group, List<SnapshotMembers> Snapshots) group, string[] disks) =>
        (round % 5) switch
        {
            0 => server.Client.Groups.CreateAsync(disks, "interrupted", CancellationToken.None),
            1 => server.Client.Groups.DeleteAsync([group.Group], CancellationToken.None),
            _ => server.Client.Groups.ApplyAsync(group.Group, group.Snapshots, force: true, CancellationToken.None),
        };

    private static async Task<List<SnapshotMembers>> Members(ServerProcess server, string group)
    {
        var view = await server.Client.Groups.FindAsync(group, CancellationToken.None);
        var members = new List<SnapshotMembers>();
        foreach (var id in view?.Members.SnapshotIdSet ?? [])
        {
            var member = await server.Client.Snapshots.FindAsync(id, CancellationToken.None);
            members.Add(member?.Members ?? throw new InvalidOperationException($"Member {id} is gone."));
        }

        return members;
    }

    // Turning rounds rather than resting: a kill is to fall between any two commits.
    private void KillSoon(ServerProcess server)
    {
        var delay = TimeSpan.FromMicroseconds(_random.Next(DelayMicrosecondsMax));
        var started = System.Diagnostics.Stopwatch.GetTimestamp();
        while (System.Diagnostics.Stopwatch.GetElapsedTime(started) < delay)
            Thread.SpinWait(100);
        server.Kill();
    }

    private static async Task IgnoreEnd(Task work)
    {
        try
        {
            await work;
        }
        catch (Exception problem) when (problem is Output.CommandException or HttpRequestException or IOException)
        {
            // The server was killed before it answered; what it did is looked at after its start.
        }
    }

    private static async Task<string> Verify(ServerProcess server, string[] disks)
    {
        var groups = await server.Client.Groups.ListAsync(null, null, CancellationToken.None);
        foreach (var group in groups)
        {
            Assert.Equal("NORMAL", group.Members.SnapshotGroupState);
            Assert.Equal(DiskCount, group.Members.SnapshotIdSet.Count);
        }

        // What rollbacks replaced is kept in snapshots that no group has.
        var snapshots = await server.Client.Snapshots.ListAsync(null, null, CancellationToken.None);
        Assert.Equal(
            groups.Count * DiskCount,
            snapshots.Count(snapshot => !snapshot.Name.StartsWith("before rollback", StringComparison.Ordinal)));
        var value = Assert.Single(disks.Select(disk => Read(server, disk)).Distinct());
        return value == 1 ? "rolled back" : "not rolled back";
    }

    private static void WriteAll(ServerProcess server, string[] disks, byte value)
    {
        foreach (var disk in disks)
        {
            using var client = server.Connect(disk);
            client.Write(0, Enumerable.Repeat(value, BlockBytes).ToArray());
            client.Disconnect();
        }
    }

    private static byte Read(ServerProcess server, string disk)
    {
        using var client = server.Connect(disk);
        var bytes = new byte[BlockBytes];
        client.Read(0, bytes);
        client.Disconnect();
        return bytes[0];
    }
}
