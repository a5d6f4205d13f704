using System.Buffers.Binary;
using System.Net.Sockets;
using Tidemark.Nbd.Client;
using Tidemark.Nbd.Wire;

namespace Tidemark.Nbd;

/// <summary>
/// A small blocking client: one request at a time, any length. Every call throws <see cref="NbdException"/> on an
/// error; after one whose <see cref="NbdException.Error"/> is <see cref="NbdError.None"/> the session is over. Not
/// thread-safe.
/// </summary>
public sealed class NbdClient : IDisposable
{
    // A server may send fewer extents than asked for, so that a range takes many requests; each brings it forward.
    private const long StatusRangeMaxBytes = 1L << 30;

    private readonly ClientChannel _channel;
    private readonly ReplyReader _replies;
    private readonly ClientHandshake _handshake;
    private readonly int _pieceBytes;
    private ulong _nextCookie = 1;

    private NbdClient(ClientChannel channel, ClientHandshake handshake)
    {
        _channel = channel;
        _handshake = handshake;
        _replies = new ReplyReader(channel);
        _pieceBytes = Math.Min(Export.PieceMaxBytes, handshake.PayloadMaxBytes);
    }

    /// <summary>Size of the export in bytes.</summary>
    public long SizeBytes => _handshake.SizeBytes;

    /// <summary>Offsets and lengths must be multiples of this.</summary>
    public int BlockSizeMinBytes => _handshake.BlockSizeMinBytes;

    /// <summary>What the server says about the export for people; may be empty.</summary>
    public string Description => _handshake.Description;

    /// <summary>Whether the export refuses writes.</summary>
    public bool IsReadOnly => _handshake.Flags.HasFlag(TransmissionFlags.ReadOnly);

    /// <summary>Whether a flush covers all connections to the export.</summary>
    public bool CanMultiConnect => _handshake.Flags.HasFlag(TransmissionFlags.CanMultiConnect);

    /// <summary>Whether <see cref="Trim"/> is possible.</summary>
    public bool CanTrim => _handshake.Flags.HasFlag(TransmissionFlags.SendTrim);

    /// <summary>Whether <see cref="WriteZeroes"/> is possible.</summary>
    public bool CanWriteZeroes => _handshake.Flags.HasFlag(TransmissionFlags.SendWriteZeroes);

    /// <summary>The meta contexts that the server granted.</summary>
    public IReadOnlyCollection<string> MetaContexts => _handshake.Contexts.Values;

    /// <summary>Connects and opens an export.</summary>
    public static NbdClient Connect(NbdUri uri, NbdClientOptions? options = null)
    {
        options ??= new NbdClientOptions();
        return WithHandshake(uri, options, (channel, handshake) =>
        {
            handshake.Open(uri.ExportName, options);
            return new NbdClient(channel, handshake);
        });
    }

    /// <summary>Lists the exports of a server; the URI's export name does not matter.</summary>
    public static IReadOnlyList<ExportListing> List(NbdUri uri) => Query(uri, handshake => handshake.List());

    /// <summary>Lists the meta contexts of an export.</summary>
    public static IReadOnlyList<string> ListMetaContexts(NbdUri uri) =>
        Query(uri, handshake => handshake.ListContexts(uri.ExportName));

    /// <summary>Reads bytes of any number, in requests of at most 1 MiB.</summary>
    public void Read(long offset, Span<byte> destination)
    {
        while (destination.Length > 0)
        {
            var piece = destination[..Math.Min(destination.Length, _pieceBytes)];
            Exchange(Request(CommandKind.Read, CommandFlags.None, offset, piece.Length), [], piece);
            offset += piece.Length;
            destination = destination[piece.Length..];
        }
    }

    /// <summary>Writes bytes of any number, in requests of at most 1 MiB.</summary>
    /// <param name="offset">Start, a multiple of <see cref="BlockSizeMinBytes"/>.</param>
    /// <param name="source">The bytes; their number is a multiple of it too.</param>
    /// <param name="isDurable">Return only once they are durable (FUA).</param>
    public void Write(long offset, ReadOnlySpan<byte> source, bool isDurable = false)
    {
        while (source.Length > 0)
        {
            var piece = source[..Math.Min(source.Length, _pieceBytes)];
            Exchange(Request(CommandKind.Write, DurableFlag(isDurable), offset, piece.Length), piece, []);
            offset += piece.Length;
            source = source[piece.Length..];
        }
    }

    /// <summary>Makes durable every write that was answered before.</summary>
    public void Flush() => Exchange(Request(CommandKind.Flush, CommandFlags.None, 0, 0), [], []);

    /// <summary>Says that the range, below 4 GiB, is no longer needed.</summary>
    public void Trim(long offset, long lengthBytes, bool isDurable = false) =>
        Exchange(Request(CommandKind.Trim, DurableFlag(isDurable), offset, lengthBytes), [], []);

    /// <summary>Makes the range, below 4 GiB, read as zeros.</summary>
    public void WriteZeroes(long offset, long lengthBytes, bool keepAllocated = false, bool isDurable = false)
    {
        var flags = DurableFlag(isDurable) | (keepAllocated ? CommandFlags.NoHole : CommandFlags.None);
        Exchange(Request(CommandKind.WriteZeroes, flags, offset, lengthBytes), [], []);
    }

    /// <summary>
    /// The extents of a range in a meta context that was granted, neighbours of the same status joined. The range may
    /// be of any length.
    /// </summary>
    public List<StatusExtent> BlockStatus(string context, long offset, long lengthBytes)
    {
        var extents = new List<StatusExtent>();
        var end = offset + lengthBytes;
        while (offset < end)
        {
            var before = offset;
            var rangeBytes = Math.Min(end - offset, StatusRangeMaxBytes);
            foreach (var extent in AskStatus(context, offset, rangeBytes))
            {
                var usedBytes = Math.Min(extent.LengthBytes, end - offset);
                Join(extents, extent with { LengthBytes = usedBytes });
                offset += usedBytes;
            }

            if (offset == before)
                throw new NbdException($"The NBD server said nothing about context '{context}'.");
        }

        return extents;
    }

    /// <summary>Ends the session in order.</summary>
    public void Disconnect()
    {
        Span<byte> header = stackalloc byte[RequestHeader.SizeBytes];
        Request(CommandKind.Disconnect, CommandFlags.None, 0, 0).Format(header);
        _channel.Send(header);
        _channel.Dispose();
    }

    /// <summary>Closes the socket, without a word if <see cref="Disconnect"/> was not called.</summary>
    public void Dispose() => _channel.Dispose();

    private static CommandFlags DurableFlag(bool isDurable) =>
        isDurable ? CommandFlags.ForceUnitAccess : CommandFlags.None;

    private static void Join(List<StatusExtent> extents, StatusExtent extent)
    {
        if (extents.Count > 0 && extents[^1].Flags == extent.Flags)
            extents[^1] = extent with { LengthBytes = extents[^1].LengthBytes + extent.LengthBytes };
        else if (extent.LengthBytes > 0)
            extents.Add(extent);
    }

    private static T Query<T>(NbdUri uri, Func<ClientHandshake, T> ask) =>
        WithHandshake(uri, new NbdClientOptions(), (channel, handshake) =>
        {
            using (channel)
            {
                var answer = ask(handshake);
                handshake.Abort();
                return answer;
            }
        });

    private static T WithHandshake<T>(NbdUri uri, NbdClientOptions options, Func<ClientChannel, ClientHandshake, T> use)
    {
        var channel = new ClientChannel(OpenSocket(uri, options.Timeout));
        try
        {
            var handshake = new ClientHandshake(channel);
            handshake.Greet();
            return use(channel, handshake);
        }
        catch
        {
            channel.Dispose();
            throw;
        }
    }

    private static Socket OpenSocket(NbdUri uri, TimeSpan timeout)
    {
        var isUnix = uri.SocketPath != null;
        var socket = isUnix
            ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
            : new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.ReceiveTimeout = (int)timeout.TotalMilliseconds;
            socket.SendTimeout = (int)timeout.TotalMilliseconds;
            if (!isUnix)
                socket.NoDelay = true;
            socket.Connect(uri.ToEndPoint());
            return socket;
        }
        catch (SocketException e)
        {
            socket.Dispose();
            throw new NbdException($"Cannot connect to {uri}: {e.Message}.", e);
        }
    }

    private List<StatusExtent> AskStatus(string context, long offset, long lengthBytes)
    {
        var found = new List<StatusExtent>();
        Exchange(Request(CommandKind.BlockStatus, CommandFlags.None, offset, lengthBytes), [], [], (id, entries) =>
        {
            if (!_handshake.Contexts.TryGetValue(id, out var name) || name != context)
                return;
            for (var at = 0; at + (2 * sizeof(uint)) <= entries.Length; at += 2 * sizeof(uint))
            {
                found.Add(new StatusExtent(
                    BinaryPrimitives.ReadUInt32BigEndian(entries.AsSpan(at)),
                    BinaryPrimitives.ReadUInt32BigEndian(entries.AsSpan(at + sizeof(uint)))));
            }
        });
        return found;
    }

    private RequestHeader Request(CommandKind kind, CommandFlags flags, long offset, long lengthBytes) =>
        new(flags, kind, _nextCookie++, offset, checked((uint)lengthBytes));

    private void Exchange(
        in RequestHeader request, ReadOnlySpan<byte> payload, Span<byte> destination,
        Action<uint, byte[]>? onStatus = null)
    {
        Span<byte> header = stackalloc byte[RequestHeader.SizeBytes];
        request.Format(header);
        _channel.Send(header);
        _channel.Send(payload);
        var (error, detail) = _replies.Receive(request, destination, onStatus);
        if (error != NbdError.None)
            throw new NbdException($"{request.Kind} of {request.LengthBytes} bytes at {request.Offset}", error, detail);
    }
}
