using Tidemark.Engine.Index;

namespace Tidemark.Engine.Format;

/// <summary>
/// What a record header says. Made once and filled by <see cref="RecordHeader.TryRead"/> again and again.
/// </summary>
internal sealed class RecordContent
{
    private readonly Extent[] _extents = new Extent[RecordHeader.ExtentsMax];
    private readonly uint[] _crcs = new uint[RecordHeader.DataBlocksMax];

    /// <summary>The record's place in the disk's log.</summary>
    public long Sequence { get; internal set; }

    /// <summary>The epoch of the engine that wrote it.</summary>
    public long Epoch { get; internal set; }

    /// <summary>How many extents the record has; at least 1.</summary>
    public int ExtentCount { get; internal set; }

    /// <summary>How many blocks of data follow the header.</summary>
    public int DataBlockCount { get; internal set; }

    /// <summary>The extents in the order written, with segment and slot. A later one hides an earlier one.</summary>
    public ReadOnlySpan<Extent> Extents => _extents.AsSpan(0, ExtentCount);

    /// <summary>The checksum of each data block in order.</summary>
    public ReadOnlySpan<uint> Crcs => _crcs.AsSpan(0, DataBlockCount);

    /// <summary>Appends all extents with their checksums.</summary>
    public void AddTo(ExtentBuffer buffer)
    {
        var taken = 0;
        foreach (ref readonly var extent in Extents)
        {
            var count = extent.IsZero ? 0 : extent.BlockCount;
            buffer.Add(extent, Crcs.Slice(taken, count));
            taken += count;
        }
    }

    internal Span<Extent> ExtentSpace => _extents;

    internal Span<uint> CrcSpace => _crcs;
}
