using System.Net;
using System.Net.Sockets;

namespace Tidemark.Nbd.Tests.Support;

/// <summary>A server that says what a test tells it to, to one client.</summary>
internal sealed class FakeServer : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public FakeServer()
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(1);
        Uri = NbdUri.Tcp("127.0.0.1", ((IPEndPoint)_listener.LocalEndPoint!).Port, "disk");
    }

    public static byte[] Greeting => [.. "NBDMAGICIHAVEOPT"u8, 0, 3];

    public NbdUri Uri { get; }

    /// <summary>Says all of this at once, whatever the client says, then waits for the client to go.</summary>
    public Task Say(params byte[][] parts) => Task.Run(() =>
    {
        using var client = _listener.Accept();
        client.ReceiveTimeout = 20_000;
        client.Send(parts.SelectMany(each => each).ToArray());
        client.Shutdown(SocketShutdown.Send);
        var scratch = new byte[4096];
        try
        {
            while (client.Receive(scratch) > 0)
            {
            }
        }
        catch (SocketException)
        {
            // The client left without reading everything.
        }
    });

    /// <summary>A reply to an option.</summary>
    public static byte[] OptionReply(uint option, uint kind, params byte[] content) =>
        [.. RawClient.U64(0x0003e889045565a9), .. RawClient.U32(option), .. RawClient.U32(kind),
            .. RawClient.U32((uint)content.Length), .. content];

    /// <summary>All of a handshake that ends in an export of 1 MiB with structured replies.</summary>
    public static byte[] Handshake() =>
    [
        .. Greeting, .. OptionReply(8, 1),
        .. OptionReply(7, 3, [0, 0, .. RawClient.U64(1 << 20), .. RawClient.U16(5)]), .. OptionReply(7, 1),
    ];

    /// <summary>A chunk of the reply to the client's first request.</summary>
    public static byte[] Chunk(ushort flags, ushort kind, params byte[] payload) =>
        [.. RawClient.U32(0x668e33ef), .. RawClient.U16(flags), .. RawClient.U16(kind), .. RawClient.U64(1),
            .. RawClient.U32((uint)payload.Length), .. payload];

    public void Dispose() => _listener.Dispose();
}
