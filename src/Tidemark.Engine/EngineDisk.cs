using Tidemark.Engine.Format;
using Tidemark.Engine.Layers;
using Tidemark.Engine.Log;

namespace Tidemark.Engine;

/// <summary>An open disk. One instance for each disk and engine; safe for concurrent use.</summary>
public sealed class EngineDisk : ReadableDisk, IViewSource
{
    private readonly StorageEngine _engine;
    private readonly Lock _exclusive = new();
    private long _sizeBytes;
    private long _writeCount;

    internal EngineDisk(StorageEngine engine, DiskLog log, LogTarget target, long sizeBytes, long bootGeneration)
    {
        _engine = engine;
        Log = log;
        Target = target;
        _sizeBytes = sizeBytes;
        BootGeneration = bootGeneration;
    }

    /// <summary>The id it was created with.</summary>
    public string DiskId => Target.DiskId;

    /// <summary>
    /// True after a device error: everything is answered <see cref="IoResult.Failed"/> until the disk is reopened.
    /// </summary>
    public bool IsFaulted => Log.IsFaulted;

    /// <summary>Raised when answered writes that were not flushed may have been lost.</summary>
    public long BootGeneration { get; }

    /// <summary>The open layer that the disk names now.</summary>
    public long HeadLayerId => Log.Head.Id;

    /// <summary>How many records were written since the disk was opened.</summary>
    public long WriteCount => Volatile.Read(ref _writeCount);

    /// <summary>
    /// Rises before any write, trim or zeroing is answered: while it stays the same, and the head too, nothing has
    /// changed.
    /// </summary>
    public long AppliedSequence => Log.AppliedSequence;

    /// <inheritdoc/>
    public override long SizeBytes => Volatile.Read(ref _sizeBytes);

    /// <summary>The log; its head is the disk's open layer.</summary>
    internal DiskLog Log { get; }

    /// <summary>The log's surroundings.</summary>
    internal LogTarget Target { get; }

    /// <summary>
    /// Held by whoever cuts, rolls back, grows, closes or drops the disk. Taken after the engine's open gate, before
    /// <see cref="PublishGate"/>, the family's index gate, its gate and the append lock, in this order.
    /// </summary>
    internal Lock LifecycleGate { get; } = new();

    /// <summary>Held while a segment of the disk is published.</summary>
    internal Lock PublishGate { get; } = new();

    /// <summary>Held by a read-modify-write; a rollback takes it so that none spans it.</summary>
    internal Lock ExclusiveGate => _exclusive;

    /// <summary>
    /// Every record up to this sequence is in segments that the catalog lists; guarded by the family's gate.
    /// </summary>
    internal long PublishedSequence { get; set; }

    /// <summary>The last segment that the catalog lists; guarded by the family's gate.</summary>
    internal long PublishedSegmentId { get; set; }

    long IViewSource.ViewId => Target.ViewId;

    Layer IViewSource.Head => Log.Head;

    string IViewSource.Name => $"disk {DiskId}";

    /// <inheritdoc/>
    public override IoResult Read(long offset, Span<byte> destination)
    {
        if (!IsReadable(offset, destination.Length))
        {
            return IoResult.Invalid;
        }

        return Log.IsFaulted
            ? IoResult.Failed
            : _engine.Reader.Read(this, offset, destination, residentOnly: false, out _);
    }

    /// <inheritdoc/>
    public override IoResult TryReadResident(long offset, Span<byte> destination, out bool wouldWait)
    {
        wouldWait = false;
        if (!IsReadable(offset, destination.Length))
        {
            return IoResult.Invalid;
        }

        return Log.IsFaulted
            ? IoResult.Failed
            : _engine.Reader.Read(this, offset, destination, residentOnly: true, out wouldWait);
    }

    /// <inheritdoc/>
    public override void MapAllocation(long firstBlock, long blockCount, int rangesMax, List<BlockRange> ranges) =>
        _engine.MapAllocation(this, firstBlock, blockCount, rangesMax, ranges);

    /// <summary>
    /// Writes a batch in order. On <see cref="IoResult.Done"/> the bytes are where the death of the process cannot
    /// reach them; they are durable after the next <see cref="Flush"/>. Otherwise a prefix of the pieces may have been
    /// written.
    /// </summary>
    public IoResult Write(ReadOnlySpan<WritePiece> pieces, ReadOnlySpan<byte> payload)
    {
        foreach (ref readonly var piece in pieces)
        {
            if (!IsReadable(piece.Offset, piece.LengthBytes) || piece.LengthBytes == 0)
            {
                return IoResult.Invalid;
            }
        }

        var record = LogScratch.Current.Record;
        record.Clear();
        foreach (ref readonly var piece in pieces)
        {
            var bytes = payload.Slice(piece.PayloadStart, piece.LengthBytes);
            var result = WritePiece(record, piece.Offset, bytes, isAlone: pieces.Length == 1);
            if (result != IoResult.Done)
            {
                return result;
            }
        }

        return AppendGathered(record);
    }

    /// <summary>
    /// Makes everything answered before this call durable. One runs at a time; waiting ones share the next.
    /// </summary>
    public IoResult Flush() => Log.Flush() ? IoResult.Done : IoResult.Failed;

    /// <summary>
    /// Makes whole blocks in the range read as zeros; partial blocks at its edges are left as they are.
    /// </summary>
    public IoResult Trim(long offset, long lengthBytes)
    {
        if (!IsReadable(offset, lengthBytes))
        {
            return IoResult.Invalid;
        }

        var first = Blocks.AlignUp(offset) >> Blocks.SizeShift;
        var end = (offset + lengthBytes) >> Blocks.SizeShift;
        return ZeroBlocks(first, end);
    }

    /// <summary>Makes the range read as zeros, edges included.</summary>
    public IoResult WriteZeroes(long offset, long lengthBytes)
    {
        if (!IsReadable(offset, lengthBytes))
        {
            return IoResult.Invalid;
        }

        var end = offset + lengthBytes;
        var innerStart = Blocks.AlignUp(offset);
        var innerEnd = end & ~(Blocks.SizeBytes - 1L);
        if (innerStart > innerEnd)
        {
            return ModifyBlock(offset, (int)lengthBytes, []);
        }

        var result = offset < innerStart ? ModifyBlock(offset, (int)(innerStart - offset), []) : IoResult.Done;
        if (result == IoResult.Done)
        {
            result = ZeroBlocks(innerStart >> Blocks.SizeShift, innerEnd >> Blocks.SizeShift);
        }

        return result == IoResult.Done && innerEnd < end
            ? ModifyBlock(innerEnd, (int)(end - innerEnd), [])
            : result;
    }

    /// <summary>Sets the size after the catalog has it.</summary>
    internal void SetSize(long sizeBytes) => Volatile.Write(ref _sizeBytes, sizeBytes);

    // Whole blocks are gathered into records; a partial block first sends what was gathered, to keep the order.
    private IoResult WritePiece(LogRecord record, long offset, ReadOnlySpan<byte> bytes, bool isAlone)
    {
        while (bytes.Length > 0)
        {
            var within = (int)(offset & (Blocks.SizeBytes - 1));
            IoResult result;
            int taken;
            if (within != 0 || bytes.Length < Blocks.SizeBytes)
            {
                taken = Math.Min(Blocks.SizeBytes - within, bytes.Length);
                result = AppendGathered(record);
                result = result == IoResult.Done ? ModifyBlock(offset, taken, bytes[..taken]) : result;
            }
            else
            {
                result = GatherBlocks(record, offset, bytes, isAlone, out taken);
            }

            if (result != IoResult.Done)
            {
                return result;
            }

            offset += taken;
            bytes = bytes[taken..];
        }

        return IoResult.Done;
    }

    private IoResult GatherBlocks(
        LogRecord record, long offset, ReadOnlySpan<byte> bytes, bool isAlone, out int taken)
    {
        var count = Math.Min(bytes.Length >> Blocks.SizeShift, RecordHeader.DataBlocksMax);
        if (!record.Fits(count))
        {
            var result = AppendGathered(record);
            if (result != IoResult.Done)
            {
                taken = 0;
                return result;
            }
        }

        taken = count << Blocks.SizeShift;
        var blocks = bytes[..taken];
        if (record.IsEmpty && (isAlone || count == RecordHeader.DataBlocksMax))
        {
            record.AddData(offset >> Blocks.SizeShift, blocks);
            var result = Append(record, blocks);
            record.Clear();
            return result;
        }

        var start = record.DataBlockCount << Blocks.SizeShift;
        blocks.CopyTo(LogScratch.Current.Gathered(start + taken).AsSpan(start));
        record.AddData(offset >> Blocks.SizeShift, blocks);
        return IoResult.Done;
    }

    private IoResult AppendGathered(LogRecord record)
    {
        if (record.IsEmpty)
        {
            return IoResult.Done;
        }

        var lengthBytes = record.DataBlockCount << Blocks.SizeShift;
        var data = LogScratch.Current.Gathered(lengthBytes).AsSpan(0, lengthBytes);
        var result = Append(record, data);
        record.Clear();
        return result;
    }

    private IoResult ZeroBlocks(long firstBlock, long endBlock)
    {
        var record = LogScratch.Current.Record;
        while (firstBlock < endBlock)
        {
            var count = (int)Math.Min(endBlock - firstBlock, Blocks.ExtentBlocksMax);
            record.Clear();
            record.AddZero(firstBlock, count);
            var result = Append(record, []);
            record.Clear();
            if (result != IoResult.Done)
            {
                return result;
            }

            firstBlock += count;
        }

        return IoResult.Done;
    }

    private IoResult Append(LogRecord record, ReadOnlySpan<byte> data)
    {
        Interlocked.Increment(ref _writeCount);
        var result = Log.Append(record, data, isExclusive: false);
        if (result == AppendResult.Busy)
        {
            lock (_exclusive)
            {
                result = Log.Append(record, data, isExclusive: true);
            }
        }

        return ToIoResult(result);
    }

    // Read-modify-write of part of one block. No other record can come between the read and the append: those that
    // were reserved before are applied, and later ones take the same lock.
    private IoResult ModifyBlock(long offset, int lengthBytes, ReadOnlySpan<byte> bytes)
    {
        Interlocked.Increment(ref _writeCount);
        var scratch = LogScratch.Current;
        var within = (int)(offset & (Blocks.SizeBytes - 1));

        // Read once without the lock, so that a slow device holds up nobody else; inside, the block is in memory.
        _engine.Reader.Read(this, offset - within, scratch.Block, residentOnly: false, out _);
        lock (_exclusive)
        {
            Log.BeginExclusive();
            try
            {
                var result = Log.IsFaulted
                    ? IoResult.Failed
                    : _engine.Reader.Read(this, offset - within, scratch.Block, residentOnly: false, out _);
                if (result != IoResult.Done)
                {
                    return result;
                }

                var part = scratch.Block.AsSpan(within, lengthBytes);
                if (bytes.IsEmpty)
                {
                    part.Clear();
                }
                else
                {
                    bytes.CopyTo(part);
                }

                scratch.Record.Clear();
                scratch.Record.AddData(offset >> Blocks.SizeShift, scratch.Block);
                return ToIoResult(Log.Append(scratch.Record, scratch.Block, isExclusive: true));
            }
            finally
            {
                scratch.Record.Clear();
                Log.EndExclusive();
            }
        }
    }

    private static IoResult ToIoResult(AppendResult result) => result switch
    {
        AppendResult.Done => IoResult.Done,
        AppendResult.NoSpace => IoResult.NoSpace,
        AppendResult.Closed => IoResult.Closed,
        _ => IoResult.Failed,
    };
}
