using Tidemark.Engine.Format;
using Tidemark.Engine.Index;

namespace Tidemark.Engine.Tests.Format;

/// <summary>One sample of each structure, the same in every run: what the committed golden files hold.</summary>
internal static class FormatSamples
{
    public static readonly SegmentHeader Header = new(
        new Guid("00112233-4455-6677-8899-aabbccddeeff"), "disk-0001", 3, 41, 40, 1000, 76, 77, 16L << 40);

    public static readonly SegmentTrailer Trailer = new(77, 1000, 1001, 3 * 4096, 3 * 4096);

    public static readonly Extent[] RecordExtents =
    [
        new(8, 2, 1000, 77, 2),
        new((1L << 33) - 4, 4, 1000, 0, 0),
        new(1L << 32, 1, 1000, 77, 4),
    ];

    public static readonly uint[] RecordCrcs = [0x11111111, 0x22222222, 0x33333333];

    public static byte[] HeaderBlock()
    {
        var block = new byte[Blocks.SizeBytes];
        Header.Write(block);
        return block;
    }

    public static byte[] TrailerBlock()
    {
        var block = new byte[Blocks.SizeBytes];
        Trailer.Write(block);
        return block;
    }

    public static byte[] RecordBlock()
    {
        var block = new byte[Blocks.SizeBytes];
        RecordHeader.Write(block, 1000, 77, 3, RecordExtents, RecordCrcs);
        return block;
    }

    /// <summary>Makes the checksum right again after a change, as a writer of another version would have written it.</summary>
    public static void Reseal(byte[] structure, int length = Blocks.SizeBytes) =>
        Preamble.Seal(structure.AsSpan(0, length));
}
