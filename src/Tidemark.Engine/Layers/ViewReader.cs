using Tidemark.Engine.Format;
using Tidemark.Engine.Map;
using Tidemark.Engine.Reclaim;
using Tidemark.Engine.Segments;
using Tidemark.Engine.Stores;

namespace Tidemark.Engine.Layers;

/// <summary>
/// Reads blocks through a view: looks them up in the map, resolves what the map does not know from the layers, reads
/// the segments and verifies every block against its checksum. Never throws for what a device or a wrong byte causes.
/// </summary>
internal sealed class ViewReader
{
    private const int MovedRetriesMax = 3;

    private readonly RegionMap _map;
    private readonly SegmentFiles _files;
    private readonly ReadEpoch _epoch;
    private readonly Func<Layer, LayerIndex> _indexOf;
    private readonly Action<bool, string> _say;
    private readonly ReadAhead _readAhead;

    /// <summary>Makes the reader that all views of an engine share.</summary>
    public ViewReader(
        RegionMap map, SegmentFiles files, ReadEpoch epoch, Func<Layer, LayerIndex> indexOf, Action<bool, string> say)
    {
        _map = map;
        _files = files;
        _epoch = epoch;
        _indexOf = indexOf;
        _say = say;
        _readAhead = new ReadAhead(map, files);
    }

    /// <summary>Reads any range of whole sectors.</summary>
    public IoResult Read(IViewSource view, long offset, Span<byte> destination, bool residentOnly, out bool wouldWait)
    {
        wouldWait = false;
        var token = _epoch.Enter();
        try
        {
            while (destination.Length > 0)
            {
                var within = (int)(offset & (Blocks.SizeBytes - 1));
                var taken = within == 0 && destination.Length >= Blocks.SizeBytes
                    ? ReadBlocks(view, offset, destination, residentOnly, ref wouldWait)
                    : ReadSectors(view, offset, within, destination, residentOnly, ref wouldWait);
                if (taken == 0)
                {
                    return IoResult.Done;
                }

                offset += taken;
                destination = destination[taken..];
            }

            return IoResult.Done;
        }
        catch (Exception e) when (e is StoreException or CorruptionException)
        {
            _say(true, $"Reading {view.Name} at byte {offset}: {e.Message}");
            return IoResult.Failed;
        }
        finally
        {
            _epoch.Exit(token);
        }
    }

    // Returns the bytes read, or 0 when only resident ones were asked for and some are not. An address in the map may
    // be one that compaction has moved since, and its file gone: the region is dropped and resolved again. Within a
    // read epoch what is resolved now stays, so a file that is missing still is really missing.
    private int ReadBlocks(IViewSource view, long offset, Span<byte> destination, bool residentOnly, ref bool wouldWait)
    {
        for (var retries = 0; ; retries++)
        {
            try
            {
                return ReadOnce(view, offset, destination, residentOnly, ref wouldWait);
            }
            catch (StoreException e) when (e.Fault == StoreFault.Missing && retries < MovedRetriesMax)
            {
                _map.Drop(view.ViewId, offset >> Blocks.SizeShift);
            }
        }
    }

    private int ReadOnce(IViewSource view, long offset, Span<byte> destination, bool residentOnly, ref bool wouldWait)
    {
        var block = offset >> Blocks.SizeShift;
        var index = (int)(block % RegionMap.RegionBlocks);
        var count = Math.Min(RegionMap.RegionBlocks - index, destination.Length >> Blocks.SizeShift);
        var scratch = ReadScratch.Current;
        var addresses = scratch.Addresses.AsSpan(0, count);
        var crcs = scratch.Crcs.AsSpan(0, count);
        if (!_map.TryGet(view.ViewId, block, addresses, crcs))
        {
            if (residentOnly)
            {
                wouldWait = true;
                return 0;
            }

            Resolve(view, block - index, scratch.Fill);
            scratch.Fill.Addresses.Slice(index, count).CopyTo(addresses);
            scratch.Fill.Crcs.Slice(index, count).CopyTo(crcs);
        }

        if (!residentOnly)
        {
            _readAhead.Before(view.ViewId, block, addresses);
        }

        if (!ReadAddresses(addresses, crcs, destination[..(count << Blocks.SizeShift)], residentOnly))
        {
            wouldWait = true;
            return 0;
        }

        return count << Blocks.SizeShift;
    }

    private int ReadSectors(
        IViewSource view, long offset, int within, Span<byte> destination, bool residentOnly, ref bool wouldWait)
    {
        var block = ReadScratch.Current.Block.AsSpan();
        if (ReadBlocks(view, offset - within, block, residentOnly, ref wouldWait) == 0)
        {
            return 0;
        }

        var count = Math.Min(Blocks.SizeBytes - within, destination.Length);
        block.Slice(within, count).CopyTo(destination);
        return count;
    }

    /// <summary>Fills a region from the layers, newest first, and enters it in the map.</summary>
    public void Resolve(IViewSource view, long regionFirstBlock, RegionFill fill)
    {
        var viewId = view.ViewId;
        var isPinned = _map.BeginResolve(viewId, regionFirstBlock);
        var isFilled = false;
        try
        {
            fill.Reset(regionFirstBlock);
            FillFrom(view.Head, fill);
            isFilled = true;
        }
        finally
        {
            if (isPinned && isFilled)
            {
                _map.EndResolve(viewId, regionFirstBlock, fill.Addresses, fill.Crcs);
            }
            else if (isPinned)
            {
                _map.AbortResolve(viewId, regionFirstBlock);
            }
        }
    }

    /// <summary>Fills a region from a layer and those below it.</summary>
    public void FillFrom(Layer? layer, RegionFill fill)
    {
        var found = ReadScratch.Current.Found;
        while (layer is not null && !fill.IsFull)
        {
            var index = _indexOf(layer);
            foreach (var segment in index.Tail)
            {
                segment.Collect(fill);
            }

            foreach (var run in index.Runs)
            {
                if (fill.IsFull || !run.MayTouch(fill.FirstBlock, RegionMap.RegionBlocks))
                {
                    continue;
                }

                found.Clear();
                run.Collect(fill.FirstBlock, RegionMap.RegionBlocks, found);
                for (var i = 0; i < found.Count; i++)
                {
                    fill.Add(found[i], found.Crcs(i));
                }
            }

            layer = index.Parent;
        }
    }

    /// <summary>
    /// Reads the blocks at the given addresses and verifies them; false when only resident ones were asked for and
    /// some are not.
    /// </summary>
    private bool ReadAddresses(
        ReadOnlySpan<long> addresses, ReadOnlySpan<uint> crcs, Span<byte> destination, bool residentOnly)
    {
        LentFile? file = null;
        try
        {
            var unverified = 0;
            for (int start = 0, end; start < addresses.Length; start = end)
            {
                end = BlockAddress.EndOfRun(addresses, start);
                var bytes = BytesOf(destination, start, end);
                if (addresses[start] == 0)
                {
                    bytes.Clear();
                    Verify(
                        addresses[unverified..start], crcs[unverified..start],
                        BytesOf(destination, unverified, start));
                    unverified = end;
                }
                else if (!ReadSlots(addresses[start], bytes, residentOnly, ref file))
                {
                    return false;
                }
            }

            Verify(addresses[unverified..], crcs[unverified..], destination[(unverified << Blocks.SizeShift)..]);
            return true;
        }
        finally
        {
            if (file is not null)
            {
                _files.Return(file);
            }
        }
    }

    private static Span<byte> BytesOf(Span<byte> destination, int start, int end) =>
        destination.Slice(start << Blocks.SizeShift, (end - start) << Blocks.SizeShift);

    // The file stays lent from one run to the next: neighbours are often in the same segment.
    private bool ReadSlots(long address, Span<byte> bytes, bool residentOnly, ref LentFile? file)
    {
        var segmentId = BlockAddress.SegmentOf(address);
        if (file?.SegmentId != segmentId)
        {
            if (file is not null)
            {
                _files.Return(file);
                file = null;
            }

            file = _files.Borrow(segmentId);
        }

        var offset = SegmentLayout.OffsetOf(BlockAddress.SlotOf(address));
        if (residentOnly)
        {
            return file.File.TryReadResident(offset, bytes);
        }

        var read = file.File.Read(offset, bytes);
        bytes[read..].Clear();
        return true;
    }

    // All data blocks side by side, whatever files they came from: checksums are fastest over several blocks.
    private void Verify(ReadOnlySpan<long> addresses, ReadOnlySpan<uint> crcs, ReadOnlySpan<byte> bytes)
    {
        var wrong = Crc32C.FirstMismatch(bytes, crcs);
        if (wrong >= 0)
        {
            var found = Crc32C.Compute(bytes.Slice(wrong << Blocks.SizeShift, Blocks.SizeBytes));
            throw Mismatch(addresses[wrong], crcs[wrong], found);
        }
    }

    private CorruptionException Mismatch(long address, uint expected, uint found)
    {
        var file = _files.Borrow(BlockAddress.SegmentOf(address));
        try
        {
            return new CorruptionException(
                file.File.Name, SegmentLayout.OffsetOf(BlockAddress.SlotOf(address)), $"CRC32C {expected:x8}",
                $"CRC32C {found:x8}");
        }
        finally
        {
            _files.Return(file);
        }
    }
}
