using Tidemark.Engine.Format;
using Tidemark.Engine.Index;
using Tidemark.Engine.Layers;
using Tidemark.Engine.Reclaim;
using Tidemark.Engine.Segments;

namespace Tidemark.Engine.Log;

/// <summary>
/// A segment that the log writes, or wrote and has not yet published. The fields for reservation are guarded by the
/// log's append lock; the extents by <see cref="_extentsGate"/>.
/// </summary>
internal sealed class LogSegment
{
    private readonly Lock _extentsGate = new();
    private readonly ExtentBuffer _extents = new();
    private readonly List<DeadRange> _headers = [];
    private ExtentBuffer? _flat;
    private long _flatSequence;

    /// <summary>Describes a segment whose header block is written.</summary>
    public LogSegment(LentFile file, Layer layer, long firstSequence)
    {
        File = file;
        Layer = layer;
        FirstSequence = firstSequence;
        LastReserved = firstSequence - 1;
        LastApplied = firstSequence - 1;
        NextSlot = 1;
    }

    /// <summary>The segment's id.</summary>
    public long Id => File.SegmentId;

    /// <summary>The file, on loan to the log until the segment is published.</summary>
    public LentFile File { get; }

    /// <summary>The layer that the records belong to.</summary>
    public Layer Layer { get; }

    /// <summary>The sequence of the first record.</summary>
    public long FirstSequence { get; }

    /// <summary>The highest sequence given out in this segment.</summary>
    public long LastReserved { get; set; }

    /// <summary>The highest sequence whose extents are in.</summary>
    public long LastApplied { get; private set; }

    /// <summary>The next free slot.</summary>
    public int NextSlot { get; set; }

    /// <summary>Slots whose space is allocated.</summary>
    public int AllocatedSlots { get; set; }

    /// <summary>No record is reserved any more.</summary>
    public bool IsClosed { get; set; }

    /// <summary>The highest sequence that is durable; guarded by the flush gate.</summary>
    public long SyncedSequence { get; set; }

    /// <summary>Slots before this one are durable; guarded by the flush gate, read by others for figures.</summary>
    public int SyncedSlot { get; set; }

    /// <summary>True once the file's name is durable; guarded by the flush gate.</summary>
    public bool IsNameSynced { get; set; }

    /// <summary>True when all that was reserved is applied and no more comes.</summary>
    public bool IsComplete => IsClosed && LastApplied == LastReserved;

    /// <summary>Enters a complete record's extents. Called in the order of sequences.</summary>
    public void Apply(LogRecord record)
    {
        lock (_extentsGate)
        {
            var crcs = record.Crcs;
            foreach (ref readonly var extent in record.Extents)
            {
                var count = extent.IsZero ? 0 : extent.BlockCount;
                _extents.Add(extent, crcs[..count]);
                crcs = crcs[count..];
            }

            _headers.Add(new DeadRange(Id, record.HeaderSlot, 1));
            LastApplied = record.Sequence;
        }
    }

    /// <summary>Enters extents found by recovery, up to a sequence.</summary>
    public void ApplyRecovered(ExtentBuffer found, IEnumerable<DeadRange> headers, long lastSequence)
    {
        lock (_extentsGate)
        {
            for (var i = 0; i < found.Count; i++)
            {
                _extents.Add(found[i], found.Crcs(i));
            }

            _headers.AddRange(headers);
            LastApplied = lastSequence;
            LastReserved = lastSequence;
        }
    }

    /// <summary>Fills the blocks of a region that nobody newer has filled.</summary>
    public void Collect(RegionFill fill)
    {
        lock (_extentsGate)
        {
            for (var i = _extents.Count - 1; i >= 0 && !fill.IsFull; i--)
            {
                fill.Add(_extents[i], _extents.Crcs(i));
            }
        }
    }

    /// <summary>
    /// The extents so far, sorted, the newest of each block; those they hide go to <paramref name="dead"/>.
    /// </summary>
    public ExtentBuffer Flatten(List<DeadRange>? dead)
    {
        lock (_extentsGate)
        {
            return _extents.Flatten(dead);
        }
    }

    /// <summary>
    /// The same without the hidden ones, kept until the next record: many may ask while nobody writes.
    /// </summary>
    public ExtentBuffer FlatNow()
    {
        lock (_extentsGate)
        {
            if (_flat is null || _flatSequence != LastApplied)
            {
                _flat = _extents.Flatten(null);
                _flatSequence = LastApplied;
            }

            return _flat;
        }
    }

    /// <summary>The slots that only held record headers: dead once the footer is durable.</summary>
    public IReadOnlyList<DeadRange> HeaderSlots => _headers;
}
