using System.Buffers.Binary;
using Tidemark.Nbd.Wire;

namespace Tidemark.Nbd.Serving;

/// <content>What leaves the export as it is.</content>
internal sealed partial class Transmission
{
    private const int ExtentSizeBytes = 2 * sizeof(uint);

    private void Read(in RequestHeader header)
    {
        var error = CheckFlags(header, _replies.IsStructured ? CommandFlags.DoNotFragment : CommandFlags.None);
        if (error == NbdError.None)
            error = _export.Export.CheckRead(header.Offset, header.LengthBytes);
        var isLong = header.LengthBytes > Export.PieceMaxBytes;
        if (error == NbdError.None && isLong && header.Has(CommandFlags.DoNotFragment))
            error = NbdError.Overflow;
        if (error != NbdError.None)
        {
            Answer(header.Cookie, error);
            return;
        }

        _counters.CountRead(header.LengthBytes);
        if (!isLong)
            ReadPiece(header.Cookie, header.Offset, (int)header.LengthBytes, whole: null);
        else if (_replies.IsStructured)
            ReadSplit(header);
        else
            ReadLongSimple(header);
    }

    /// <summary>
    /// Answers a read of up to 1 MiB from memory, or puts it aside, or waits for the disk when alone.
    /// </summary>
    private void ReadPiece(ulong cookie, long offset, int lengthBytes, SplitRead? whole)
    {
        Pace(lengthBytes);
        var reply = _replies.Reserve(_replies.ContentHeaderBytes + lengthBytes);
        var error = _export.TryReadResident(offset, reply[_replies.ContentHeaderBytes..], out var wouldBlock);
        if (wouldBlock)
        {
            if (!IsAlone && TryPutAside(cookie, offset, lengthBytes, whole))
                return;
            // What is already answered must not wait for the disk; after this the room is elsewhere.
            ExecuteWrites();
            _replies.Send();
            reply = _replies.Reserve(_replies.ContentHeaderBytes + lengthBytes);
            error = _export.Read(offset, reply[_replies.ContentHeaderBytes..]);
        }

        if (error == NbdError.None)
        {
            _replies.FormatContentHeader(reply, cookie, isLast: whole == null, offset, lengthBytes);
            _replies.Commit(reply.Length);
            return;
        }

        _counters.CountAnswer(error);
        _replies.AppendReadError(cookie, isLast: whole == null, error, offset);
    }

    private bool TryPutAside(ulong cookie, long offset, int lengthBytes, SplitRead? whole)
    {
        if (_aside.IsFull(lengthBytes))
        {
            // The thread is about to wait: what it owes must be on its way before.
            ExecuteWrites();
            _replies.Send();
        }

        return _aside.TrySubmitRead(cookie, offset, lengthBytes, whole);
    }

    /// <summary>A long read with structured replies: each piece is a chunk of its own, in any order.</summary>
    private void ReadSplit(in RequestHeader header)
    {
        var whole = new SplitRead(header.Cookie);
        for (long doneBytes = 0, pieceBytes; doneBytes < header.LengthBytes; doneBytes += pieceBytes)
        {
            if (_stream.IsBroken)
                break;
            pieceBytes = Math.Min(header.LengthBytes - doneBytes, Export.PieceMaxBytes);
            ReadPiece(header.Cookie, header.Offset + doneBytes, (int)pieceBytes, whole);
        }

        // The chunk that ends the reply must come after those still in this thread's buffer.
        _replies.Send();
        if (whole.FinishPart())
            _replies.AppendDone(header.Cookie);
        else
            _counters.PutAside(RequestKind.Read);
    }

    /// <summary>
    /// A long read with simple replies: its header says that it succeeded, so everything is read and verified before.
    /// It is gathered in one buffer; when there is none, it is read twice, and a failure of the second time ends the
    /// connection, as the protocol demands.
    /// </summary>
    private void ReadLongSimple(in RequestHeader header)
    {
        ExecuteWrites();
        _replies.Send();
        var lengthBytes = (int)header.LengthBytes;
        // Before it takes memory that others need.
        Pace(lengthBytes);
        var gathered = _budget.TryRent(lengthBytes);
        try
        {
            var content = gathered == null ? [] : gathered.Span.Slice(BufferBudget.HeadroomBytes, lengthBytes);
            var error = ReadPieces(header.Offset, lengthBytes, content, isSent: false);
            if (error != NbdError.None)
            {
                Answer(header.Cookie, error);
                return;
            }

            using (_stream.Hold())
            {
                _replies.AppendResult(header.Cookie, NbdError.None);
                if (gathered != null)
                    _replies.SendThrough(content);
                else if (!_replies.Send() || ReadPieces(header.Offset, lengthBytes, [], isSent: true) != NbdError.None)
                    End("A read failed after its reply had begun.");
            }
        }
        finally
        {
            if (gathered != null)
                _budget.Return(gathered);
        }
    }

    /// <summary>Reads in pieces of 1 MiB into the destination, or, if it is empty, each over the last one.</summary>
    private NbdError ReadPieces(long offset, int lengthBytes, Span<byte> destination, bool isSent)
    {
        for (int doneBytes = 0, pieceBytes; doneBytes < lengthBytes; doneBytes += pieceBytes)
        {
            pieceBytes = Math.Min(lengthBytes - doneBytes, Export.PieceMaxBytes);
            var piece = destination.IsEmpty ? _replies.Reserve(pieceBytes) : destination.Slice(doneBytes, pieceBytes);
            var error = _export.Read(offset + doneBytes, piece);
            if (error != NbdError.None)
                return error;
            if (!isSent)
                continue;
            _replies.Commit(pieceBytes);
            if (!_replies.Send())
                return NbdError.Io;
        }

        return NbdError.None;
    }

    private void Cache(in RequestHeader header)
    {
        ExecuteWrites();
        var error = CheckFlags(header, CommandFlags.None);
        if (error == NbdError.None)
            error = _export.Export.CheckCache(header.Offset, header.LengthBytes);
        if (error != NbdError.None)
        {
            Answer(header.Cookie, error);
            return;
        }

        _replies.Send();
        if (IsAlone)
            Answer(header.Cookie, _export.Cache(header.Offset, header.LengthBytes));
        else
            _aside.SubmitCache(header.Cookie, header.Offset, header.LengthBytes);
    }

    private void BlockStatus(in RequestHeader header)
    {
        ExecuteWrites();
        var error = CheckFlags(header, CommandFlags.RequestOne);
        if (error != NbdError.None || _contexts.Count == 0)
        {
            Answer(header.Cookie, NbdError.Invalid);
            return;
        }

        var extentsMax = header.Has(CommandFlags.RequestOne) ? 1 : _extentsMax;
        for (var i = 0; i < _contexts.Count; i++)
        {
            _extents.Clear();
            error = _export.BlockStatus(_contexts[i], header.Offset, header.LengthBytes, extentsMax, _extents);
            if (error == NbdError.None && !TryAppendExtents(header, i, extentsMax))
                error = NbdError.Io;
            if (error != NbdError.None)
            {
                Answer(header.Cookie, error);
                return;
            }
        }
    }

    /// <summary>
    /// Appends the chunk of one context; false when the export described nothing, or something impossible.
    /// </summary>
    private bool TryAppendExtents(in RequestHeader header, int contextId, int extentsMax)
    {
        var countMax = Math.Min(_extents.Count, extentsMax);
        const int extentsAt = ReplyChunk.HeaderSizeBytes + sizeof(uint);
        var chunk = _replies.Reserve(extentsAt + (countMax * ExtentSizeBytes));
        long restBytes = header.LengthBytes;
        var count = 0;
        for (; count < countMax && restBytes > 0; count++)
        {
            var extent = _extents[count];
            if (extent.LengthBytes <= 0)
                return false;
            var lengthBytes = Math.Min(extent.LengthBytes, restBytes);
            restBytes -= lengthBytes;
            var entry = chunk[(extentsAt + (count * ExtentSizeBytes))..];
            BinaryPrimitives.WriteUInt32BigEndian(entry, (uint)lengthBytes);
            BinaryPrimitives.WriteUInt32BigEndian(entry[sizeof(uint)..], extent.Flags);
        }

        if (count == 0)
            return false;
        var sizeBytes = extentsAt + (count * ExtentSizeBytes);
        var isLast = contextId == _contexts.Count - 1;
        ReplyChunk.FormatHeader(
            chunk, header.Cookie, ChunkKind.BlockStatus, isLast, sizeBytes - ReplyChunk.HeaderSizeBytes);
        BinaryPrimitives.WriteUInt32BigEndian(chunk[ReplyChunk.HeaderSizeBytes..], (uint)contextId);
        _replies.Commit(sizeBytes);
        return true;
    }
}
