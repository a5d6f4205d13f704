using Tidemark.Engine.Format;
using Tidemark.Engine.Segments;
using Tidemark.Engine.Stores;

namespace Tidemark.Engine.Reclaim;

/// <summary>
/// Reads the blocks that are to move, and verifies each. What was not in memory before is dropped from it again.
/// </summary>
internal sealed class CompactionSource(SegmentFiles files) : IDisposable
{
    private readonly HashSet<long> _cold = [];

    /// <summary>
    /// Reads consecutive slots; null, or why they cannot be moved: a failing device, a missing file, wrong bytes.
    /// </summary>
    /// <param name="segmentId">The segment.</param>
    /// <param name="slot">The first slot.</param>
    /// <param name="crcs">What the index says of each block.</param>
    /// <param name="bytes">Receives the blocks.</param>
    /// <param name="isResident">True when all of them were in memory.</param>
    public string? TryRead(
        long segmentId, int slot, ReadOnlySpan<uint> crcs, Span<byte> bytes, out bool isResident)
    {
        isResident = false;
        try
        {
            var file = files.Borrow(segmentId);
            try
            {
                var offset = SegmentLayout.OffsetOf(slot);
                isResident = file.File.TryReadResident(offset, bytes);
                if (!isResident)
                {
                    _cold.Add(segmentId);
                    var read = file.File.Read(offset, bytes);
                    bytes[read..].Clear();
                }

                var wrong = Crc32C.FirstMismatch(bytes, crcs);
                return wrong < 0
                    ? null
                    : $"{file.File.Name} at byte {offset + ((long)wrong << Blocks.SizeShift)} has a block whose " +
                        "checksum is wrong";
            }
            finally
            {
                files.Return(file);
            }
        }
        catch (StoreException e)
        {
            return e.Message;
        }
    }

    /// <summary>Drops from memory what was brought there.</summary>
    public void Dispose()
    {
        foreach (var segmentId in _cold)
        {
            try
            {
                var file = files.Borrow(segmentId);
                try
                {
                    file.File.DropResident();
                }
                finally
                {
                    files.Return(file);
                }
            }
            catch (StoreException)
            {
                // Gone or failing: there is nothing to drop.
            }
        }

        _cold.Clear();
    }
}
