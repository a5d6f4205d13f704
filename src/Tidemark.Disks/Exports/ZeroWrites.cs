using Tidemark.Engine;
using Tidemark.Nbd;

namespace Tidemark.Disks.Exports;

/// <summary>Zeroing in the ways that the protocol knows beside the plain one. See docs/decisions/0025.</summary>
internal static class ZeroWrites
{
    private const int BlockBytes = Export.BlockSizePreferredBytes;

    // Shared by all requests, and never written to.
    private static readonly byte[] Zeros = new byte[Export.PieceMaxBytes];

    /// <summary>
    /// True when zeroing costs less than writing as many bytes: a whole block becomes an entry of the index, while part
    /// of one is read, changed and written as by a write.
    /// </summary>
    public static bool IsFast(long offset, long lengthBytes, bool keepAllocated)
    {
        var firstWhole = (offset + BlockBytes - 1) & -BlockBytes;
        return !keepAllocated && offset + lengthBytes - firstWhole >= BlockBytes;
    }

    /// <summary>Zeros that take up space as data does, so that no hole is made.</summary>
    public static IoResult WriteAllocated(EngineDisk disk, long offset, long lengthBytes)
    {
        for (long doneBytes = 0, pieceBytes; doneBytes < lengthBytes; doneBytes += pieceBytes)
        {
            // Pieces end at block boundaries, so that only the edges of the whole are parts of blocks.
            var within = (offset + doneBytes) & (BlockBytes - 1);
            pieceBytes = Math.Min(lengthBytes - doneBytes, Zeros.Length - within);
            var result = disk.Write([new WritePiece(offset + doneBytes, 0, (int)pieceBytes)], Zeros);
            if (result != IoResult.Done)
                return result;
        }

        return IoResult.Done;
    }
}
