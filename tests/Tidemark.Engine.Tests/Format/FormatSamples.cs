using Tidemark.Engine.Catalog;
using Tidemark.Engine.Format;
using Tidemark.Engine.Index;
using Tidemark.Engine.Stores;
using Tidemark.Engine.Tests.Index;

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

    public static byte[] HeaderBlock(bool isCompacted = false)
    {
        var block = new byte[Blocks.SizeBytes];
        (Header with { IsCompacted = isCompacted }).Write(block);
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

    /// <summary>Extents for two pages: one split over both, zeros near and far, and two segments.</summary>
    public static ExtentBuffer ChunkExtents()
    {
        var extents = new ExtentBuffer();
        for (var index = 0; index < 100; index++)
            extents.Add(new Extent(index * 3, 1, 1000 + index, 77, 8000 - index), [0x01010101u * (uint)index]);
        extents.Add(new Extent(400, 300, 1200, 78, 2), Enumerable.Range(0, 300).Select(i => (uint)i).ToArray());
        extents.Add(new Extent(100_000, 5000, 1201, 0, 0), []);
        extents.Add(new Extent((1L << 33) - 1, 1, 1202, 78, 400), [0xFFFFFFFF]);
        return extents;
    }

    public static ChunkRow WriteIndexFile(ChunkBench bench) =>
        bench.WriteRun(5, ChunkExtents(), layerId: 41).Chunks[0].Row;

    public static ChunkRow WriteFooter(ChunkBench bench) => bench.WriteFooter(77, 3 * 4096, ChunkExtents(), 5);

    /// <summary>The bytes of one structure; of a footer, the chunk and the trailer.</summary>
    public static byte[] Write(string structure)
    {
        using var bench = new ChunkBench();
        return structure switch
        {
            "segment-header" => HeaderBlock(),
            "segment-header-compacted" => HeaderBlock(isCompacted: true),
            "record-header" => RecordBlock(),
            "segment-trailer" => TrailerBlock(),
            "chunk-index-file" => bench.Store.Bytes(StoreArea.Index, WriteIndexFile(bench).ObjectId),
            _ => bench.Store.Bytes(StoreArea.Segments, WriteFooter(bench).ObjectId)[(3 * 4096)..],
        };
    }

    /// <summary>
    /// Makes the checksum right again after a change, as a writer of another version would have written it.
    /// </summary>
    public static void Reseal(byte[] structure, int length = Blocks.SizeBytes) =>
        Preamble.Seal(structure.AsSpan(0, length));
}
