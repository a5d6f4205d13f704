using Tidemark.Nbd.Wire;

namespace Tidemark.Nbd.Serving;

/// <summary>
/// Replies put together for one send. Belongs to one thread. When room runs out, what is there is sent first.
/// </summary>
internal sealed class ReplyBuffer(ReplyStream stream, bool isStructured, int sizeBytes) : IDisposable
{
    private readonly TransferBuffer _buffer = new(sizeBytes);
    private readonly ReplyStream _stream = stream;
    private int _usedBytes;

    /// <summary>Whether the client negotiated structured replies.</summary>
    public bool IsStructured { get; } = isStructured;

    /// <summary>Whether replies wait to be sent.</summary>
    public bool HasReplies => _usedBytes > 0;

    /// <summary>Size of what comes before the content of a read.</summary>
    public int ContentHeaderBytes => IsStructured ? ReplyChunk.ContentHeaderSizeBytes : SimpleReply.SizeBytes;

    /// <summary>Room for a reply of this size; it counts only once committed.</summary>
    public Span<byte> Reserve(int lengthBytes)
    {
        if (_usedBytes + lengthBytes > _buffer.SizeBytes)
            Send();
        return _buffer.Span.Slice(_usedBytes, lengthBytes);
    }

    /// <summary>Makes the first bytes of the reserved room part of what is sent.</summary>
    public void Commit(int lengthBytes) => _usedBytes += lengthBytes;

    /// <summary>Writes what comes before the content of a read into the reserved room.</summary>
    public void FormatContentHeader(Span<byte> destination, ulong cookie, bool isLast, long offset, int contentBytes)
    {
        if (IsStructured)
            ReplyChunk.FormatContentHeader(destination, cookie, isLast, offset, contentBytes);
        else
            SimpleReply.Format(destination, cookie, NbdError.None);
    }

    /// <summary>Appends the answer to a request that has no content.</summary>
    public void AppendResult(ulong cookie, NbdError error)
    {
        if (IsStructured && error != NbdError.None)
        {
            ReplyChunk.FormatError(Reserve(ReplyChunk.ErrorSizeBytes), cookie, error);
            Commit(ReplyChunk.ErrorSizeBytes);
        }
        else
        {
            SimpleReply.Format(Reserve(SimpleReply.SizeBytes), cookie, error);
            Commit(SimpleReply.SizeBytes);
        }
    }

    /// <summary>Appends a read's failure at an offset; without structured replies it is the whole answer.</summary>
    public void AppendReadError(ulong cookie, bool isLast, NbdError error, long offset)
    {
        if (!IsStructured)
        {
            AppendResult(cookie, error);
            return;
        }

        ReplyChunk.FormatErrorOffset(Reserve(ReplyChunk.ErrorOffsetSizeBytes), cookie, isLast, error, offset);
        Commit(ReplyChunk.ErrorOffsetSizeBytes);
    }

    /// <summary>Appends the last chunk of a reply whose other chunks said everything.</summary>
    public void AppendDone(ulong cookie)
    {
        var chunk = Reserve(ReplyChunk.HeaderSizeBytes);
        ReplyChunk.FormatHeader(chunk, cookie, ChunkKind.None, isLast: true, payloadBytes: 0);
        Commit(ReplyChunk.HeaderSizeBytes);
    }

    /// <summary>Sends what is there; false when the stream is broken (then the replies are dropped).</summary>
    public bool Send()
    {
        var usedBytes = _usedBytes;
        _usedBytes = 0;
        return usedBytes == 0 ? !_stream.IsBroken : _stream.Send(_buffer.Span[..usedBytes]);
    }

    /// <summary>
    /// Sends what is there if nobody has to wait for it; false when it stays, for <see cref="Send"/> to be called.
    /// </summary>
    public bool TrySend(out bool isOwing)
    {
        isOwing = false;
        if (_usedBytes > 0 && !_stream.TrySend(_buffer.Span[.._usedBytes], out isOwing))
            return false;
        _usedBytes = 0;
        return true;
    }

    /// <summary>Whether a reply of this size fits behind what is there.</summary>
    public bool HasRoom(int lengthBytes) => _usedBytes + lengthBytes <= _buffer.SizeBytes;

    /// <summary>Sends bytes of another buffer after what is there.</summary>
    public bool SendThrough(ReadOnlySpan<byte> bytes)
    {
        using (_stream.Hold())
            return Send() && _stream.Send(bytes);
    }

    /// <summary>Gives memory back; nothing may wait to be sent.</summary>
    public void Forget() => _buffer.Forget();

    /// <inheritdoc/>
    public void Dispose() => _buffer.Dispose();
}
