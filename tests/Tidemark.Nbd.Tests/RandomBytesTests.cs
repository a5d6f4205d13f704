using System.Net.Sockets;
using System.Text;
using Tidemark.Nbd.Tests.Support;

namespace Tidemark.Nbd.Tests;

/// <summary>
/// Bytes without sense at every state of the handshake and of transmission: the server closes or answers, another
/// client never notices, nothing leaks.
/// </summary>
public sealed class RandomBytesTests
{
    private const int RoundsPerState = 40;

    /// <summary>How far a client goes before it stops making sense.</summary>
    public enum State
    {
        Greeting,
        Options,
        OptionHeader,
        OptionContent,
        Contexts,
        Transmission,
        RequestHeader,
        MutatedRequests,
        AnyFlags,
        Payload,
    }

    [Theory]
    [InlineData(State.Greeting)]
    [InlineData(State.Options)]
    [InlineData(State.OptionHeader)]
    [InlineData(State.OptionContent)]
    [InlineData(State.Contexts)]
    [InlineData(State.Transmission)]
    [InlineData(State.RequestHeader)]
    [InlineData(State.MutatedRequests)]
    [InlineData(State.AnyFlags)]
    [InlineData(State.Payload)]
    public async Task Random_bytes_harm_nobody(State state)
    {
        await using var server = new TestServer(new NbdServerOptions
        {
            HandshakeTimeout = TimeSpan.FromSeconds(2),
            StallTimeout = TimeSpan.FromSeconds(2),
        });
        using var witness = server.Open();
        for (var round = 0; round < RoundsPerState; round++)
        {
            var seed = (1000 * (int)state) + round;
            try
            {
                using var client = server.Connect();
                Misbehave(client, state, new Random(seed));
                client.Socket.Shutdown(SocketShutdown.Send);
                Assert.True(client.IsClosedByServer(), $"seed {seed}: still open");
            }
            catch (SocketException)
            {
                // The server had enough before the client was done.
            }

            witness.AssertUsable();
        }

        await TestServer.Until(() => server.Server.Counters.ConnectionCount == 1, "only the witness is left");
        Assert.DoesNotContain(server.Events, each => each.Kind == NbdEventKind.Failed);
    }

    private static void Misbehave(RawClient client, State state, Random random)
    {
        client.ReceiveGreeting();
        if (state == State.Greeting)
        {
            client.SendAll(Noise(random));
            return;
        }

        client.Send(RawClient.U32(3));
        switch (state)
        {
            case State.Options:
                client.SendAll(Noise(random));
                break;
            case State.OptionHeader:
                client.Send(Encoding.ASCII.GetBytes("IHAVEOPT"), Noise(random));
                break;
            case State.OptionContent:
                for (var i = 0; i < 20; i++)
                    client.SendOption((uint)random.Next(3, 14), Noise(random));
                break;
            case State.Contexts:
                client.Ask(8);
                for (var i = 0; i < 20; i++)
                    client.SendOption((uint)random.Next(9, 11),
                        Mutate(random, RawClient.ContextQuery("disk", "base:allocation", "qemu:")));
                break;
            default:
                client.Ask(8);
                client.Ask(10, RawClient.ContextQuery("disk", "base:allocation"));
                client.Ask(7, RawClient.GoRequest("disk"));
                MisbehaveInTransmission(client, state, random);
                break;
        }
    }

    private static void MisbehaveInTransmission(RawClient client, State state, Random random)
    {
        for (var i = 0; i < 20; i++)
        {
            switch (state)
            {
                case State.Transmission:
                    client.SendAll(Noise(random));
                    break;
                case State.RequestHeader:
                    client.Send(RawClient.U32(0x25609513), Noise(random));
                    break;
                case State.MutatedRequests:
                    client.SendAll(Mutate(random,
                        RawClient.Request((ushort)random.Next(9), 512 * random.Next(100), 512, 7)));
                    break;
                case State.AnyFlags:
                    // Right in everything but, perhaps, the flags that the command does not know, or not together.
                    client.SendRequest((ushort)random.Next(3, 8), 512 * random.Next(100),
                        (uint)(512 * random.Next(100)), flags: (ushort)random.Next(64));
                    break;
                default:
                    // A write whose payload is shorter or longer than it says.
                    client.SendRequest(1, 0, (uint)random.Next(4096), payload: Noise(random));
                    break;
            }
        }
    }

    private static byte[] Noise(Random random)
    {
        var bytes = new byte[random.Next(1, random.Next(4) == 0 ? 5000 : 60)];
        random.NextBytes(bytes);
        return bytes;
    }

    private static byte[] Mutate(Random random, byte[] bytes)
    {
        for (var i = random.Next(3); i > 0; i--)
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
        return bytes;
    }
}
