using Tidemark.Engine.Reclaim;

namespace Tidemark.Engine.Index;

/// <summary>
/// A growing list of extents with the checksums of their data blocks. Extents stand in the order added, which for the
/// log is any block order with overlaps; <see cref="Flatten"/> makes a sorted list of what is visible. Not safe for
/// concurrent use while it is added to.
/// </summary>
internal sealed class ExtentBuffer
{
    private const int FirstCapacity = 8;

    private Extent[] _extents = [];
    private int[] _crcStarts = [];
    private uint[] _crcs = [];
    private int _crcCount;

    /// <summary>How many extents there are.</summary>
    public int Count { get; private set; }

    /// <summary>Blocks with data, counted once for each extent that has them.</summary>
    public long DataBlockCount => _crcCount;

    /// <summary>Zero blocks, counted once for each extent that has them.</summary>
    public long ZeroBlockCount { get; private set; }

    /// <summary>One extent. The reference is good until the next change.</summary>
    public ref readonly Extent this[int index] => ref Extents[index];

    /// <summary>All extents. The span is good until the next change.</summary>
    public ReadOnlySpan<Extent> Extents => _extents.AsSpan(0, Count);

    /// <summary>
    /// The checksums of one extent's data blocks, empty for zero. The span is good until the next change.
    /// </summary>
    public ReadOnlySpan<uint> Crcs(int index)
    {
        ref readonly var extent = ref Extents[index];
        return extent.IsZero ? [] : _crcs.AsSpan(_crcStarts[index], extent.BlockCount);
    }

    /// <summary>
    /// Appends an extent; <paramref name="crcs"/> has one checksum for each data block, none for zero.
    /// </summary>
    /// <exception cref="ArgumentException">The number of checksums is another.</exception>
    public void Add(in Extent extent, ReadOnlySpan<uint> crcs)
    {
        if (crcs.Length != (extent.IsZero ? 0 : extent.BlockCount) || extent.BlockCount <= 0)
            throw new ArgumentException($"{crcs.Length} checksums do not go with {extent}.");
        crcs.CopyTo(AddUnfilled(extent));
    }

    /// <summary>Appends an extent and gives the place for its checksums, which the caller fills at once.</summary>
    public Span<uint> AddUnfilled(in Extent extent)
    {
        var crcCount = extent.IsZero ? 0 : extent.BlockCount;
        if (Count == _extents.Length)
            Grow();
        if (_crcs.Length - _crcCount < crcCount)
            Array.Resize(ref _crcs, Math.Max(_crcCount + crcCount, checked(_crcs.Length * 2)));
        _extents[Count] = extent;
        _crcStarts[Count] = _crcCount;
        _crcCount += crcCount;
        ZeroBlockCount += extent.IsZero ? extent.BlockCount : 0;
        Count++;
        return _crcs.AsSpan(_crcCount - crcCount, crcCount);
    }

    /// <summary>
    /// Appends an extent, or makes the last one longer when <see cref="ExtentJoin.CanJoin"/> allows it.
    /// </summary>
    public void AddJoined(in Extent extent, ReadOnlySpan<uint> crcs)
    {
        var last = Count - 1;
        if (last < 0 || !ExtentJoin.CanJoin(_extents[last], extent))
        {
            Add(extent, crcs);
            return;
        }

        var joined = _extents[last] with { BlockCount = _extents[last].BlockCount + extent.BlockCount };
        Add(extent, crcs);
        Count--;
        _extents[last] = joined;
    }

    /// <summary>
    /// Appends the part of an extent between two blocks, with its checksums; nothing when there is none.
    /// </summary>
    public void AddClipped(in Extent extent, ReadOnlySpan<uint> crcs, long fromBlock, long endBlock)
    {
        var first = Math.Max(extent.FirstBlock, fromBlock);
        var end = Math.Min(extent.EndBlock, endBlock);
        if (first >= end)
            return;
        var blockCount = (int)(end - first);
        Add(
            extent.Slice(first, blockCount),
            extent.IsZero ? [] : crcs.Slice((int)(first - extent.FirstBlock), blockCount));
    }

    /// <summary>Forgets all extents and keeps the memory.</summary>
    public void Clear()
    {
        Count = 0;
        _crcCount = 0;
        ZeroBlockCount = 0;
    }

    /// <summary>
    /// What is visible of these extents, sorted by block and without overlaps: a higher sequence hides a lower one, and
    /// of equal sequences the later extent hides the earlier. Neighbours that go on in blocks and slots are joined.
    /// </summary>
    /// <param name="dead">Receives the slots of hidden data; null when nobody needs them.</param>
    public ExtentBuffer Flatten(List<DeadRange>? dead) => new ExtentFlattening(this, dead).Run();

    /// <summary>
    /// The index of the first extent that ends after <paramref name="block"/>; <see cref="Count"/> when none does. Only
    /// for a sorted buffer without overlaps.
    /// </summary>
    public int FindFirstEndingAfter(long block)
    {
        int low = 0, high = Count;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (_extents[middle].EndBlock > block)
                high = middle;
            else
                low = middle + 1;
        }

        return low;
    }

    private void Grow()
    {
        var capacity = Math.Max(FirstCapacity, checked(_extents.Length * 2));
        Array.Resize(ref _extents, capacity);
        Array.Resize(ref _crcStarts, capacity);
    }
}
