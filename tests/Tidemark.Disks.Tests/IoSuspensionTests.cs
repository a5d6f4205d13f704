using System.Net;
using Tidemark.Disks.Exports;
using Tidemark.Nbd;

namespace Tidemark.Disks.Tests;

public sealed class IoSuspensionTests : IAsyncDisposable
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly TestServer _server = new();
    private readonly NbdServer _nbd;
    private readonly int _port;

    public IoSuspensionTests()
    {
        _nbd = new NbdServer(_server.Exports);
        _port = ((IPEndPoint)_nbd.Listen(new IPEndPoint(IPAddress.Loopback, 0))).Port;
    }

    private IoSuspension Suspension => _server.Domain.Suspension;

    public async ValueTask DisposeAsync()
    {
        Suspension.Close();
        await _nbd.StopAsync(TimeSpan.FromSeconds(5));
        await _nbd.DisposeAsync();
        _server.Dispose();
    }

    [Fact]
    public async Task Writes_wait_and_reads_and_other_disks_go_on()
    {
        var (diskId, otherId) = (_server.NewDisk(), _server.NewDisk());
        using var writer = Connect(diskId);
        using var reader = Connect(diskId);
        using var other = Connect(otherId);
        var block = new byte[4096];
        writer.Write(0, Filled(1));

        Suspension.Suspend(diskId, Minute, TestServer.Caller);
        var writing = Task.Run(() => writer.Write(0, Filled(2)));
        reader.Read(0, block);
        Assert.Equal(1, block[0]);
        reader.Flush();
        other.Write(0, Filled(3));
        var snapshotId = _server.NewSnapshot(diskId);
        Assert.False(writing.IsCompleted);
        Assert.True(Suspension.Resume(diskId, TestServer.Caller));
        await writing;

        reader.Read(0, block);
        Assert.Equal(2, block[0]);
        Assert.Equal(1, _server.Domain.Content.Read(snapshotId, 0, 4096)[0].Data![0]);
    }

    [Fact]
    public async Task Trims_and_zeroes_wait_too()
    {
        var diskId = _server.NewDisk();
        using var first = Connect(diskId);
        using var second = Connect(diskId);
        first.Write(0, Filled(1));
        Suspension.Suspend(diskId, Minute, TestServer.Caller);

        var trimming = Task.Run(() => first.Trim(0, 4096));
        var zeroing = Task.Run(() => second.WriteZeroes(4096, 4096, keepAllocated: true));

        Assert.Equal(1, _server.Read(diskId, 0));
        Assert.False(trimming.IsCompleted || zeroing.IsCompleted);
        Assert.True(Suspension.Resume(diskId, TestServer.Caller));
        await Task.WhenAll(trimming, zeroing);
        Assert.Equal(0, _server.Read(diskId, 0));
    }

    [Fact]
    public void Writes_pass_again_when_the_time_is_up()
    {
        var diskId = _server.NewDisk();
        using var client = Connect(diskId);
        var start = TimeProvider.System.GetTimestamp();
        var length = TimeSpan.FromMilliseconds(200);

        Suspension.Suspend(diskId, length, TestServer.Caller);
        client.Write(0, Filled(1));

        Assert.True(TimeProvider.System.GetElapsedTime(start) >= length);
        Assert.False(Suspension.Resume(diskId, TestServer.Caller));
    }

    [Fact]
    public async Task Writes_pass_when_the_server_stops()
    {
        var diskId = _server.NewDisk();
        using var client = Connect(diskId);
        Suspension.Suspend(diskId, Minute, TestServer.Caller);
        var writing = Task.Run(() => client.Write(0, Filled(1)));

        Suspension.Close();
        await writing;

        Assert.Equal(1, _server.Read(diskId, 0));
        Refusal.Of(ErrorCode.Busy, () => Suspension.Suspend(diskId, Minute, TestServer.Caller));
    }

    [Fact]
    public void Wrong_requests_are_refused()
    {
        var diskId = _server.NewDisk();

        Refusal.Of(
            ErrorCode.InvalidParameterValue,
            () => Suspension.Suspend(diskId, TimeSpan.FromSeconds(61), TestServer.Caller));
        Refusal.Of(
            ErrorCode.InvalidParameterValue, () => Suspension.Suspend(diskId, TimeSpan.Zero, TestServer.Caller));
        Refusal.Of(ErrorCode.DiskNotFound, () => Suspension.Suspend("disk-aaaaaaaa", Minute, TestServer.Caller));
        Refusal.Of(ErrorCode.DiskNotFound, () => Suspension.Resume("disk-aaaaaaaa", TestServer.Caller));
        Assert.False(Suspension.Resume(diskId, TestServer.Caller));
    }

    [Fact]
    public async Task A_gate_waits_for_writes_that_run()
    {
        var gate = new WriteGate(TimeProvider.System);
        var lane = gate.Join();
        gate.Enter(lane);

        Assert.False(gate.TryHold(Minute, TimeSpan.FromMilliseconds(20)));
        Assert.False(gate.IsHeld);
        var holding = Task.Run(() => gate.TryHold(Minute, Minute));
        Assert.True(SpinWait.SpinUntil(() => gate.IsHeld, TimeSpan.FromSeconds(30)));
        gate.Exit(lane);

        Assert.True(await holding);
        Assert.True(gate.Release());
    }

    [Fact]
    public void Nothing_passes_a_held_gate()
    {
        const int threadCount = 4;
        var gate = new WriteGate(TimeProvider.System);
        var runningCount = 0;
        var isEnding = false;
        var threads = Enumerable.Range(0, threadCount).Select(_ => new Thread(() =>
        {
            var lane = gate.Join();
            while (!Volatile.Read(ref isEnding))
            {
                gate.Enter(lane);
                Interlocked.Increment(ref runningCount);
                Interlocked.Decrement(ref runningCount);
                gate.Exit(lane);
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());

        for (var round = 0; round < 1000; round++)
        {
            Assert.True(gate.TryHold(Minute, Minute));
            Assert.Equal(0, Volatile.Read(ref runningCount));
            Assert.True(gate.Release());
        }

        Volatile.Write(ref isEnding, true);
        threads.ForEach(thread => thread.Join());
    }

    private NbdClient Connect(string diskId) => NbdClient.Connect(NbdUri.Tcp("127.0.0.1", _port, diskId));

    private static byte[] Filled(byte value)
    {
        var block = new byte[4096];
        Array.Fill(block, value);
        return block;
    }
}
