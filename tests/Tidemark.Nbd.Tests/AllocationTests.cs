using Tidemark.Nbd.Tests.Support;

namespace Tidemark.Nbd.Tests;

/// <summary>Runs alone: it counts what the whole process allocates.</summary>
[CollectionDefinition(nameof(AllocationTests), DisableParallelization = true)]
[Collection(nameof(AllocationTests))]
public sealed class AllocationTests
{
    private const int RoundCount = 500;

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task Requests_allocate_nothing(bool isCold, bool isPaced)
    {
        await using var server = new TestServer();
        server.Disk.Pace = isPaced ? new ExportPace(TimeProvider.System) : null;
        server.Disk.Pace?.SetLimits(20_000, 0, TimeSpan.Zero);
        using var client = server.Open(isStructured: false);
        server.Disk.IsCold = isCold;
        server.Disk.IsNoting = false;
        byte[] message =
        [
            .. RawClient.Request(1, 0, 4096), .. new byte[4096], .. RawClient.Request(0, 4096, 4096),
            .. RawClient.Request(1, 8192, 4096, flags: 1), .. new byte[4096], .. RawClient.Request(0, 0, 4096),
            .. RawClient.Request(3, 0, 0), .. RawClient.Request(4, 65536, 4096), .. RawClient.Request(0, 0, 512),
        ];
        var replies = new byte[(7 * 16) + 4096 + 4096 + 512];
        Exchange(client, message, replies, RoundCount);

        var before = GC.GetTotalAllocatedBytes(precise: true);
        Exchange(client, message, replies, RoundCount);
        var allocatedBytes = GC.GetTotalAllocatedBytes(precise: true) - before;

        // The smallest object has 24 bytes: far fewer objects than requests.
        Assert.True(allocatedBytes < RoundCount * 24, $"{allocatedBytes} bytes for {RoundCount * 7} requests");
    }

    private static void Exchange(RawClient client, byte[] message, byte[] replies, int count)
    {
        for (var i = 0; i < count; i++)
        {
            client.Socket.Send(message.AsSpan());
            for (var received = 0; received < replies.Length;)
                received += client.Socket.Receive(replies.AsSpan(received));
        }
    }
}
