using System.Net.Sockets;

namespace Tidemark.Nbd.Serving;

/// <summary>
/// Where a connection's requests arrive: as many as one receive brings. Positions stay valid until
/// <see cref="MakeRoom"/>, and over one <see cref="TurnOver"/>. Belongs to the connection's thread.
/// </summary>
internal sealed class ReceiveBuffer : IDisposable
{
    /// <summary>A piece of 1 MiB with its header always fits, wherever a small rest before it ended.</summary>
    public const int SizeBytes = Export.PieceMaxBytes + (64 * 1024);

    // Once the server stops, what had been sent before is still taken in, but not for ever.
    private const int DrainReceivesMax = 64;

    private readonly Socket _socket;
    private readonly Connection _connection;
    private readonly BufferGrant _grant;
    private TransferBuffer _buffer = new(SizeBytes);
    private TransferBuffer _other = new(SizeBytes);
    private int _end;
    private int _drainReceiveCount;

    /// <summary>An empty buffer, both halves of which the grant covers.</summary>
    public ReceiveBuffer(Socket socket, Connection connection, BufferGrant grant)
    {
        _socket = socket;
        _connection = connection;
        _grant = grant;
        grant.Cover(_buffer);
        grant.Cover(_other);
    }

    /// <summary>Where the first byte stands that was not consumed.</summary>
    public int Start { get; private set; }

    /// <summary>Bytes received and not consumed.</summary>
    public int AvailableBytes => _end - Start;

    /// <summary>Where received bytes stand now.</summary>
    public TransferBuffer Current => _buffer;

    /// <summary>Whether more bytes have arrived than were taken in; they cost a call to the system.</summary>
    public bool IsMoreComing => AvailableBytes > 0 || _socket.Available > 0;

    /// <summary>
    /// Everything received since the last <see cref="MakeRoom"/>; payload positions count from its start.
    /// </summary>
    public ReadOnlySpan<byte> Received => _buffer.Span[.._end];

    /// <summary>The next bytes, which must be there.</summary>
    public ReadOnlySpan<byte> Peek(int lengthBytes) => _buffer.Span[Start.._end][..lengthBytes];

    /// <summary>Moves on.</summary>
    public void Consume(int lengthBytes) => Start += lengthBytes;

    /// <summary>Moves what is left to the front if a message of this size would not fit behind it.</summary>
    public void MakeRoom(int messageBytes)
    {
        if (Start == _end)
        {
            Start = _end = 0;
        }
        else if (Start + messageBytes > SizeBytes || _end == SizeBytes)
        {
            var rest = _buffer.Span[Start.._end];
            rest.CopyTo(_buffer.Span);
            Start = 0;
            _end = rest.Length;
        }
    }

    /// <summary>Whether a message of this size fits where the buffer stands, without moving anything.</summary>
    public bool HasRoom(int messageBytes) => Start + messageBytes <= SizeBytes && _end < SizeBytes;

    /// <summary>
    /// Goes on in the other half; what was received before stays as it is until the next turn. Only the rest that was
    /// not consumed is copied along.
    /// </summary>
    public void TurnOver()
    {
        var rest = _buffer.Span[Start.._end];
        rest.CopyTo(_other.Span);
        (_buffer, _other) = (_other, _buffer);
        Start = 0;
        _end = rest.Length;
    }

    /// <summary>
    /// Waits for more bytes; <see cref="SocketError.TimedOut"/> means that nothing came for the stall time-out,
    /// <see cref="SocketError.Disconnecting"/> that the stream has ended or the server stops.
    /// </summary>
    public SocketError Receive()
    {
        while (true)
        {
            if (_connection.IsDraining && ++_drainReceiveCount > DrainReceivesMax)
                return SocketError.Disconnecting;
            var receivedBytes = _socket.Receive(FreeSpan(), SocketFlags.None, out var error);
            _end += receivedBytes;
            if (error == SocketError.Interrupted)
                continue;
            return error == SocketError.Success && receivedBytes == 0 ? SocketError.Disconnecting : error;
        }
    }

    /// <summary>Takes in what has arrived, as far as it fits, without waiting and without moving anything.</summary>
    public void TopUp()
    {
        if (_end < SizeBytes && _socket.Available > 0)
            _end += _socket.Receive(FreeSpan(), SocketFlags.None, out _);
    }

    /// <summary>Whether the client has left and everything that it sent was taken in.</summary>
    public bool IsClosedByPeer()
    {
        try
        {
            return _socket.Poll(0, SelectMode.SelectRead) && _socket.Available == 0;
        }
        catch (SocketException)
        {
            return true;
        }
    }

    // What arrives while nothing is there goes into the small part, so that an idle connection needs no grant.
    private Span<byte> FreeSpan()
    {
        if (_end < LargeBuffers.SmallBytes)
            return _buffer.Span[_end..LargeBuffers.SmallBytes];
        _grant.Hold();
        return _buffer.Span[_end..];
    }

    /// <summary>Gives memory back; nothing may be available.</summary>
    public void Forget()
    {
        _buffer.Forget();
        _other.Forget();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _buffer.Dispose();
        _other.Dispose();
    }
}
