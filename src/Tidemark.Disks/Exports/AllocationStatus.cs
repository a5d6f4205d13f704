using Tidemark.Engine;
using Tidemark.Nbd;

namespace Tidemark.Disks.Exports;

/// <summary>
/// Answers <c>base:allocation</c>: blocks with data are 0; zero or never written ones are a hole that reads as zeros.
/// </summary>
internal static class AllocationStatus
{
    private const int BlockShift = 12;
    private const long BlockMask = (1 << BlockShift) - 1;

    /// <summary>Appends extents from <paramref name="offset"/> on.</summary>
    public static NbdError Append(
        ReadableDisk disk, long offset, long lengthBytes, int extentsMax, List<StatusExtent> extents)
    {
        var firstBlock = offset >> BlockShift;
        var endBlock = (offset + lengthBytes + BlockMask) >> BlockShift;
        var ranges = new List<BlockRange>();
        disk.MapAllocation(firstBlock, endBlock - firstBlock, extentsMax, ranges);
        // The first block may begin before the range.
        var skippedBytes = offset - (firstBlock << BlockShift);
        foreach (var range in ranges)
        {
            var flags = range.IsData ? 0 : StatusExtent.Hole | StatusExtent.Zero;
            extents.Add(new StatusExtent((range.BlockCount << BlockShift) - skippedBytes, flags));
            skippedBytes = 0;
        }

        return ranges.Count > 0 ? NbdError.None : NbdError.Io;
    }
}
