using Tidemark.Engine.Format;
using Tidemark.Engine.Map;
using Tidemark.Engine.Segments;
using Tidemark.Engine.Stores;

namespace Tidemark.Engine.Layers;

/// <summary>
/// Asks the system to fetch what a read from the device is about to need: all its runs at once instead of one after
/// the other, and, when a view is read in the order of the disk's blocks, what comes next. The system's own read-ahead
/// follows a segment file, whose order after random writes is not the disk's. Only hints: nothing depends on them.
/// </summary>
internal sealed class ReadAhead
{
    // A power of two: the view's number picks the stream, and two views that share one only lose hints.
    private const int StreamCount = 64;
    private const int WindowBlocks = 256;

    // Requests of one stream overtake each other by about as much as a client keeps in flight.
    private const int ReorderBlocks = 512;

    private readonly RegionMap _map;
    private readonly SegmentFiles _files;
    private readonly Stream[] _streams = new Stream[StreamCount];

    /// <summary>Makes hints for what the map knows.</summary>
    public ReadAhead(RegionMap map, SegmentFiles files)
    {
        _map = map;
        _files = files;
    }

    /// <summary>Called before the blocks at <paramref name="addresses"/> are read from the device.</summary>
    public void Before(long viewId, long firstBlock, ReadOnlySpan<long> addresses)
    {
        if (BlockAddress.EndOfRun(addresses, 0) < addresses.Length)
        {
            Prefetch(addresses);
        }

        // Two threads may mix their updates of one stream: a hint too many or too few.
        ref var stream = ref _streams[viewId & (StreamCount - 1)];
        var end = firstBlock + addresses.Length;
        var isSequential = stream.ViewId == viewId && Math.Abs(firstBlock - stream.EndBlock) <= ReorderBlocks;
        stream.ViewId = viewId;
        stream.EndBlock = end;
        if (!isSequential)
        {
            stream.FetchedBlock = end;
            return;
        }

        var from = Math.Max(end, stream.FetchedBlock);
        if (from < end + WindowBlocks)
        {
            stream.FetchedBlock = from + WindowBlocks;
            PrefetchWindow(viewId, from, WindowBlocks);
        }
    }

    // What the map does not know is left to the read that comes to it.
    private void PrefetchWindow(long viewId, long firstBlock, int blockCount)
    {
        Span<long> addresses = stackalloc long[WindowBlocks];
        Span<uint> crcs = stackalloc uint[WindowBlocks];
        while (blockCount > 0)
        {
            var count = (int)Math.Min(blockCount, RegionMap.RegionBlocks - (firstBlock % RegionMap.RegionBlocks));
            if (_map.TryGet(viewId, firstBlock, addresses[..count], crcs[..count]))
            {
                Prefetch(addresses[..count]);
            }

            firstBlock += count;
            blockCount -= count;
        }
    }

    private void Prefetch(ReadOnlySpan<long> addresses)
    {
        for (int start = 0, end; start < addresses.Length; start = end)
        {
            end = BlockAddress.EndOfRun(addresses, start);
            if (addresses[start] != 0)
            {
                Prefetch(addresses[start], end - start);
            }
        }
    }

    private void Prefetch(long address, int blockCount)
    {
        try
        {
            var file = _files.Borrow(BlockAddress.SegmentOf(address));
            try
            {
                file.File.Prefetch(
                    SegmentLayout.OffsetOf(BlockAddress.SlotOf(address)), SegmentLayout.OffsetOf(blockCount));
            }
            finally
            {
                _files.Return(file);
            }
        }
        catch (StoreException)
        {
            // The read that needs the block says what is wrong, if anything still is.
        }
    }

    private struct Stream
    {
        public long ViewId;
        public long EndBlock;
        public long FetchedBlock;
    }
}
