using Tidemark.Engine.Index;
using Tidemark.Engine.Map;

namespace Tidemark.Engine.Layers;

/// <summary>
/// A region being resolved: entries are added newest first, and the first one for a block stays. Reused by its thread.
/// </summary>
internal sealed class RegionFill
{
    private readonly long[] _addresses = new long[RegionMap.RegionBlocks];
    private readonly uint[] _crcs = new uint[RegionMap.RegionBlocks];
    private readonly bool[] _isFilled = new bool[RegionMap.RegionBlocks];
    private int _filledCount;

    /// <summary>The first block of the region.</summary>
    public long FirstBlock { get; private set; }

    /// <summary>True when every block is known and older entries need not be looked for.</summary>
    public bool IsFull => _filledCount == RegionMap.RegionBlocks;

    /// <summary>For each block its address, 0 where nothing was found or it is zero.</summary>
    public Span<long> Addresses => _addresses;

    /// <summary>For each block with data its checksum.</summary>
    public Span<uint> Crcs => _crcs;

    /// <summary>Starts a region anew.</summary>
    public void Reset(long firstBlock)
    {
        FirstBlock = firstBlock;
        _filledCount = 0;
        _addresses.AsSpan().Clear();
        _isFilled.AsSpan().Clear();
    }

    /// <summary>Adds what an extent says about the region's blocks that are still unknown.</summary>
    public void Add(in Extent extent, ReadOnlySpan<uint> crcs)
    {
        var from = Math.Max(extent.FirstBlock, FirstBlock);
        var to = Math.Min(extent.EndBlock, FirstBlock + RegionMap.RegionBlocks);
        for (var block = from; block < to; block++)
        {
            var index = (int)(block - FirstBlock);
            if (_isFilled[index])
            {
                continue;
            }

            _isFilled[index] = true;
            _filledCount++;
            if (!extent.IsZero)
            {
                var within = (int)(block - extent.FirstBlock);
                _addresses[index] = BlockAddress.Of(extent.SegmentId, extent.Slot + within);
                _crcs[index] = crcs[within];
            }
        }
    }
}
