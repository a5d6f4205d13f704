using System.Buffers;
using Tidemark.Engine;
using Tidemark.Nbd;

namespace Tidemark.Disks.Exports;

/// <summary>
/// Answers a request to cache: reads the range and drops the bytes, so that the map knows where it lies and the page
/// cache has it. Verified like any read, so a client learns of a bad block here.
/// </summary>
internal static class ReadAhead
{
    private const int PieceBytes = 256 * 1024;

    // A hint may not keep a thread busy for minutes: of a longer range only the start is read.
    private const long RangeMaxBytes = Export.PayloadMaxBytes;

    /// <summary>Reads the range, at most its first 32 MiB.</summary>
    public static NbdError Run(ReadableDisk disk, long offset, long lengthBytes)
    {
        var endOffset = offset + Math.Min(lengthBytes, RangeMaxBytes);
        var buffer = ArrayPool<byte>.Shared.Rent(PieceBytes);
        try
        {
            while (offset < endOffset)
            {
                var pieceBytes = (int)Math.Min(PieceBytes, endOffset - offset);
                var result = disk.Read(offset, buffer.AsSpan(0, pieceBytes));
                if (result != IoResult.Done)
                    return result.ToNbd();
                offset += pieceBytes;
            }

            return NbdError.None;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
