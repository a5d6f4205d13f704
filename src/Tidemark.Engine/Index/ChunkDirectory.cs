using System.Buffers.Binary;
using Tidemark.Engine.Format;

namespace Tidemark.Engine.Index;

/// <summary>
/// What of a chunk is kept in memory: its header, the first block of each page, and the regions it touches.
/// </summary>
internal sealed class ChunkDirectory
{
    // What the objects and arrays take beside their elements, roughly.
    private const int FixedFootprintBytes = 400;

    private readonly long[] _fences;

    // Region numbers have 24 bits, so four bytes hold one.
    private readonly uint[] _regionStarts;
    private readonly uint[] _regionEnds;

    /// <summary>Takes the header and the two tables apart; the tables are already verified.</summary>
    /// <exception cref="InvalidDataException">A table says what cannot be, though its checksum is right.</exception>
    public ChunkDirectory(ChunkHeader header, ReadOnlySpan<byte> fences, ReadOnlySpan<byte> regions)
    {
        Header = header;
        _fences = new long[header.PageCount];
        for (var index = 0; index < _fences.Length; index++)
        {
            _fences[index] = BinaryPrimitives.ReadInt64LittleEndian(fences[(index * sizeof(long))..]);
            if (index > 0 && _fences[index] <= _fences[index - 1])
            {
                throw new InvalidDataException(
                    $"page {index} starts at {_fences[index]}, not after {_fences[index - 1]}");
            }
        }

        var ranges = new List<RegionRange>();
        if (RegionTable.TryUnpack(regions, ranges) is { } reason)
            throw new InvalidDataException(reason);
        _regionStarts = new uint[ranges.Count];
        _regionEnds = new uint[ranges.Count];
        for (var index = 0; index < ranges.Count; index++)
        {
            _regionStarts[index] = (uint)ranges[index].FirstRegion;
            _regionEnds[index] = (uint)ranges[index].EndRegion;
        }
    }

    /// <summary>The chunk's header.</summary>
    public ChunkHeader Header { get; }

    /// <summary>The memory that this takes, roughly.</summary>
    public long FootprintBytes =>
        FixedFootprintBytes + _fences.Length * sizeof(long) + _regionStarts.Length * 2L * sizeof(uint);

    /// <summary>The first block of a page.</summary>
    public long Fence(int pageIndex) => _fences[pageIndex];

    /// <summary>The page on which an extent that ends after <paramref name="block"/> can be first.</summary>
    public int PageOf(long block)
    {
        var index = Array.BinarySearch(_fences, block);
        return index >= 0 ? index : Math.Max(~index - 1, 0);
    }

    /// <summary>False when no extent is in the range.</summary>
    public bool MayTouch(long firstBlock, long blockCount)
    {
        var regions = RegionRange.Of(firstBlock, blockCount);
        var index = Array.BinarySearch(_regionEnds, (uint)Math.Min(regions.FirstRegion + 1, uint.MaxValue));
        index = index >= 0 ? index : ~index;
        return index < _regionStarts.Length && _regionStarts[index] < regions.EndRegion;
    }

    /// <summary>Appends the regions that the chunk touches.</summary>
    public void CollectRegions(List<RegionRange> into)
    {
        for (var index = 0; index < _regionStarts.Length; index++)
            RegionRange.Append(into, new RegionRange(_regionStarts[index], _regionEnds[index] - _regionStarts[index]));
    }
}
