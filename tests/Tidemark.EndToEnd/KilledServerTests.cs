using System.Diagnostics;
using System.Globalization;
using Tidemark.EndToEnd.Support;

namespace Tidemark.EndToEnd;

public sealed class KilledServerTests
{
    private const int RoundCount = 50;
    private const int WritesMax = 100_000;
    private const int SnapshotsKeptMax = 12;

    private readonly Dictionary<string, BlockBounds> _snapshots = new(StringComparer.Ordinal);
    private readonly List<double> _recoveryMilliseconds = [];
    private readonly List<double> _warmUpMilliseconds = [];
    private readonly VerifiedWriters _writers = new();
    private readonly Random _random = Seed.Random(nameof(KilledServerTests));
    private ServerProcess? _server;
    private string _idleDisk = "";

    [Fact]
    public async Task Fifty_kills_lose_no_answered_write_and_no_answered_snapshot()
    {
        using var folder = new TemporaryFolder();
        try
        {
            _server = ServerProcess.Start(folder.In("data"));
            var disk = _server.CreateDisk("killed");
            _idleDisk = _server.CreateDisk("idle");
            for (var round = 0; round < RoundCount; round++)
            {
                await RunAndKill(_server, disk, round);
                _server.Dispose();
                _server = ServerProcess.Start(folder.In("data"));
                Recover(_server, disk, round);
            }

            foreach (var (snapshot, bounds) in _snapshots)
                VerifySnapshot(_server, snapshot, bounds, "at the end");
            Assert.Empty(_server.Cli("check").GetProperty("Problems").EnumerateArray());
            _server.Stop();
        }
        finally
        {
            _server?.Dispose();
        }

        Report();
    }

    private async Task RunAndKill(ServerProcess server, string disk, int round)
    {
        var end = _writers.AnswerCount + _random.Next(20, 3000);
        var middle = _writers.AnswerCount + ((end - _writers.AnswerCount) / 2);
        var threads = _writers.Start(() => server.Connect(disk), _random, WritesMax);
        await Polling.Until(() => Task.FromResult(_writers.AnswerCount >= middle), () => "too few writes");
        if (round % 2 == 0)
            await Snapshot(server, disk, round);
        if (_snapshots.Count > SnapshotsKeptMax)
            await Delete(server);
        await AwaitAnswers(end);
        server.Kill();
        foreach (var thread in threads)
            thread.Join();
    }

    // A tight wait, so that the kill falls between any two writes.
    private async Task AwaitAnswers(int count)
    {
        var started = Stopwatch.GetTimestamp();
        while (_writers.AnswerCount < count)
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromMinutes(1), "Too few writes in a minute.");
            await Task.Yield();
        }
    }

    private async Task Snapshot(ServerProcess server, string disk, int round)
    {
        var before = _writers.Bounds();
        var snapshot = await server.Client.Snapshots.CreateAsync(disk, $"round {round}", [], CancellationToken.None);
        _snapshots.Add(snapshot, before with { Sent = _writers.Bounds().Sent });
    }

    private async Task Delete(ServerProcess server)
    {
        var snapshot = _snapshots.Keys.ElementAt(_random.Next(_snapshots.Count));
        await server.Client.Snapshots.DeleteAsync([snapshot], CancellationToken.None);
        _snapshots.Remove(snapshot);
    }

    private void Recover(ServerProcess server, string disk, int round)
    {
        // What a fresh process does for the first time is not recovery, so that a disk without a log goes first.
        var warmUp = FirstRead(server, _idleDisk);
        _recoveryMilliseconds.Add(FirstRead(server, disk).TotalMilliseconds);
        _warmUpMilliseconds.Add(warmUp.TotalMilliseconds);
        using (var client = server.Connect(disk))
            _writers.VerifyAndAdopt(client, $"round {round}");

        if (_snapshots.Count > 0)
        {
            var (snapshot, bounds) = _snapshots.Last();
            VerifySnapshot(server, snapshot, bounds, $"round {round}");
        }
    }

    private static TimeSpan FirstRead(ServerProcess server, string disk)
    {
        var bytes = new byte[PatternDisk.BlockBytes];
        var started = Stopwatch.GetTimestamp();
        using (var client = server.Connect(disk))
            client.Read(0, bytes);
        return Stopwatch.GetElapsedTime(started);
    }

    // What a snapshot was found to hold once is what it holds for ever.
    private void VerifySnapshot(ServerProcess server, string snapshot, BlockBounds bounds, string when)
    {
        using var client = server.Connect(snapshot);
        var found = VerifiedWriters.Verify(client, bounds, $"{snapshot} {when}");
        _snapshots[snapshot] = new BlockBounds(found, found);
    }

    private void Report()
    {
        var sorted = _recoveryMilliseconds.Order().ToList();
        var warmUps = _warmUpMilliseconds.Order().ToList();
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{_writers.AnswerCount} answered writes, {RoundCount} kills; first read of the killed disk: "
                + $"median {sorted[sorted.Count / 2]:0.0} ms, longest {sorted[^1]:0.0} ms; of an idle disk before it, "
                + $"with the process's warm-up: median {warmUps[warmUps.Count / 2]:0.0} ms, "
                + $"longest {warmUps[^1]:0.0} ms"));
    }
}
