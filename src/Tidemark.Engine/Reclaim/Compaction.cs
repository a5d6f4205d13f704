using Tidemark.Engine.Catalog;
using Tidemark.Engine.Format;
using Tidemark.Engine.Index;
using Tidemark.Engine.Layers;
using Tidemark.Engine.Segments;
using Tidemark.Engine.Stores;

namespace Tidemark.Engine.Reclaim;

/// <summary>
/// One compaction under way: copies the live blocks of some segments of a layer into new segments, and writes the part
/// of the layer's index that names them anew. Goes on where it stopped, piece by piece; used by one thread at a time.
/// </summary>
/// <remarks>
/// What must hold:
/// <list type="bullet">
/// <item>Moved blocks keep sequence and checksum. Which of two extents hides the other is told by runs and sequences,
/// never by segment ids: a new segment holds old blocks.</item>
/// <item>Only published runs are looked at. The tail of an open layer never moves.</item>
/// <item>Nothing of this is visible before it is published: new segments and chunks are durable by then, and one
/// transaction lists them, replaces the runs and retires the segments. A crash before it leaves files that no row
/// names and that recovery never replays; a crash after it goes on with the rows that are marked retired.</item>
/// <item>A segment moves as a whole or not at all: one with an unreadable or wrong block stays as it is.</item>
/// <item>Slots of a moved segment are never punched, because the map may still name them. Its file goes when every read
/// that began before has ended; a later reader misses it and resolves the region again.</item>
/// <item>A layer that changed its runs meanwhile wins: the compaction is given up, and its files are removed.</item>
/// </list>
/// </remarks>
internal sealed class Compaction : IDisposable
{
    private const int ExtentCostBytes = 40;

    private readonly CompactionPlan _plan;
    private readonly CompactionSource _source;
    private readonly SegmentPacker _packer;
    private readonly ChunkWriter? _writer;
    private readonly LayerCursor _cursor;
    private int _adoptedCount;
    private bool _isFinished;

    /// <summary>Opens the inputs; nothing is written yet.</summary>
    public Compaction(Layer layer, CompactionPlan plan, SegmentPacker packer, SegmentFiles files, ChunkFiles chunks)
    {
        Layer = layer;
        _plan = plan;
        _source = new CompactionSource(files);
        _packer = packer;
        var runNumber = plan.Inputs[0].RunNumber;
        _writer = plan.IsWhole ? null : new ChunkWriter(chunks, layer.Id, runNumber);

        // One run is read without the chunks that stay; of several all chunks are rewritten.
        IReadOnlyList<Run> read = plan.Inputs.Length == 1
            ? [new ChunkRun(runNumber, plan.Rewritten, chunks)]
            : plan.Inputs;
        _cursor = new LayerCursor(read, 0, Dead);
    }

    /// <summary>The layer.</summary>
    public Layer Layer { get; }

    /// <summary>The runs that the result replaces.</summary>
    public Run[] Inputs => _plan.Inputs;

    /// <summary>The input chunks that the result does without.</summary>
    public IReadOnlyList<ChunkRow> Replaced => _plan.Rewritten;

    /// <summary>Slots of hidden data that came to light.</summary>
    public List<DeadRange> Dead { get; } = [];

    /// <summary>The segment that cannot be moved, once there is one; 0 before.</summary>
    public long DamagedSegmentId { get; private set; }

    /// <summary>Why it cannot.</summary>
    public string Damage { get; private set; } = "";

    /// <summary>The chunks of the new run, once finished.</summary>
    public IReadOnlyList<ChunkRow> Chunks { get; private set; } = [];

    /// <summary>The rows of the new segments, once finished.</summary>
    public IReadOnlyList<SegmentRow> Segments => [.. _packer.Packed.Select(segment => segment.Row)];

    /// <summary>
    /// Copies until about so many bytes were read and written; true when nothing is left to copy, or a block was found
    /// that cannot be.
    /// </summary>
    public bool Copy(ref long left)
    {
        while (left > 0)
        {
            if (DamagedSegmentId != 0 || !_cursor.MoveNext())
            {
                return true;
            }

            left -= ExtentCostBytes;
            AdoptBefore(_cursor.Current.FirstBlock);
            if (_plan.Sources.Contains(_cursor.Current.SegmentId))
            {
                Move(_cursor.Current, _cursor.CurrentCrcs, ref left);
            }
            else if (_writer is not null)
            {
                _writer.Add(_cursor.Current, _cursor.CurrentCrcs);
            }
            else
            {
                _packer.AddZero(_cursor.Current);
            }
        }

        return false;
    }

    /// <summary>Ends segments and chunks; on return all of them are durable.</summary>
    public void Finish()
    {
        AdoptBefore(long.MaxValue);
        _packer.Finish();
        Chunks = _writer?.Finish() ?? [.. _packer.Packed.Select(segment => segment.Footer)];
        _isFinished = true;
    }

    /// <summary>Gives up: removes what was made. Not after a commit that may have listed it.</summary>
    /// <returns>Index files that are left to be removed.</returns>
    public IReadOnlyList<long> Abandon()
    {
        Dispose();
        _packer.RemoveAll();
        return _isFinished ? ChunkRun.NewFiles(Inputs, Chunks) : [];
    }

    /// <summary>Closes files; index files that are not finished are removed.</summary>
    public void Dispose()
    {
        _cursor.Dispose();
        _writer?.Dispose();
        _packer.Dispose();
        _source.Dispose();
    }

    private void AdoptBefore(long block)
    {
        while (_adoptedCount < _plan.Adopted.Count && _plan.Adopted[_adoptedCount].FirstBlock < block)
        {
            _writer?.Adopt(_plan.Adopted[_adoptedCount++]);
        }
    }

    private void Move(in Extent extent, ReadOnlySpan<uint> crcs, ref long left)
    {
        var moved = 0;
        while (moved < extent.BlockCount)
        {
            var room = _packer.Reserve(extent.BlockCount - moved);
            var count = room.Length >> Blocks.SizeShift;
            var part = extent.Slice(extent.FirstBlock + moved, count);
            var partCrcs = crcs.Slice(moved, count);
            if (_source.TryRead(part.SegmentId, part.Slot, partCrcs, room, out var isResident) is { } reason)
            {
                DamagedSegmentId = part.SegmentId;
                Damage = reason;
                return;
            }

            var placed = _packer.Add(part, partCrcs, isResident);
            _writer?.Add(placed, partCrcs);
            moved += count;
            left -= 2L * room.Length;
        }
    }
}
