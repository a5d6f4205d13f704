using Tidemark.Engine.Format;
using Tidemark.Engine.Index;
using Tidemark.Engine.Stores;

namespace Tidemark.Engine.Tests.Index;

public class FooterTests
{
    [Fact]
    public void A_footer_is_found_from_the_end_of_the_file()
    {
        using var bench = new ChunkBench();
        var flat = ChunkRunTests.RandomFlat(new Random(1), 200, 4000);
        var row = bench.WriteFooter(77, 40 * 4096, flat, runNumber: 5);
        using var segment = bench.Store.Open(StoreArea.Segments, 77, false);

        var footer = FooterReader.TryRead(segment, out var reason);

        Assert.NotNull(footer);
        Assert.Null(reason);
        Assert.Equal(row, footer.Value.Chunk);
        Assert.Equal(new SegmentTrailer(77, 1000, 1001, 40 * 4096, row.LengthBytes), footer.Value.Trailer);
        Assert.Equal(40 * 4096 + row.LengthBytes + 4096, segment.LengthBytes);
        bench.Files.Open(row).Verify();
    }

    [Fact]
    public void A_footer_and_an_index_file_have_the_same_pages_and_tables()
    {
        using var bench = new ChunkBench();
        var flat = ChunkRunTests.RandomFlat(new Random(2), 200, 4000);
        var file = bench.WriteRun(1, flat).Chunks[0].Row;
        var footer = bench.WriteFooter(file.ObjectId, 8 * 4096, flat);

        var expected = bench.Store.Bytes(StoreArea.Index, file.ObjectId).AsSpan(4096);
        var actual = bench.Store.Bytes(StoreArea.Segments, file.ObjectId).AsSpan(9 * 4096, expected.Length);

        Assert.Equal(file.LengthBytes, footer.LengthBytes);
        Assert.True(expected.SequenceEqual(actual));
    }

    [Fact]
    public void A_segment_cut_short_anywhere_has_no_footer_and_a_reason()
    {
        using var bench = new ChunkBench();
        bench.WriteFooter(77, 8 * 4096, ChunkRunTests.RandomFlat(new Random(1), 200, 4000));
        var whole = bench.Store.Bytes(StoreArea.Segments, 77);
        using var segment = bench.Store.Open(StoreArea.Segments, 77, true);
        for (var length = whole.Length - 4096; length >= 0; length -= 1024)
        {
            segment.Truncate(length);

            Assert.Null(FooterReader.TryRead(segment, out var reason));
            Assert.False(string.IsNullOrEmpty(reason));
        }
    }

    [Fact]
    public void A_footer_of_another_segment_is_refused()
    {
        using var bench = new ChunkBench();
        bench.WriteFooter(77, 8 * 4096, ChunkRunTests.RandomFlat(new Random(1), 200, 4000));
        using var other = bench.Store.Create(StoreArea.Segments, 78);
        other.Write(0, bench.Store.Bytes(StoreArea.Segments, 77), []);

        Assert.Null(FooterReader.TryRead(other, out var reason));
        Assert.Contains("belongs elsewhere", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void The_footer_of_a_segment_full_of_data_always_fits()
    {
        for (var dataBlocks = 1; dataBlocks < SegmentLayout.DataSlotsMax; dataBlocks += 97)
        {
            for (var extents = 1; extents <= dataBlocks; extents += 61)
                Assert.True(FooterWriter.Fits(extents, 0, dataBlocks), $"{extents} extents, {dataBlocks} blocks");
        }

        Assert.True(FooterWriter.Fits(8031, 0, 8031));
        Assert.False(FooterWriter.Fits(0, 20_000, 0));
    }

    [Fact]
    public void No_footer_is_longer_than_its_bound()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var log = WorstLog(random, random.Next(1, 3000), random.Next(3));
            using var bench = new ChunkBench();

            var row = bench.WriteFooter(7, 4096, log.Flatten(null));

            var dataExtents = log.Extents.ToArray().Count(extent => !extent.IsZero);
            var bound = FooterWriter.LengthBytesMax(dataExtents, log.Count - dataExtents, log.DataBlockCount);
            Assert.True(row.LengthBytes + 4096 <= bound, $"{row.LengthBytes} + 4096 > {bound}; seed {seed}");
        }
    }

    private static ExtentBuffer WorstLog(Random random, int count, int zeroKinds)
    {
        var log = new ExtentBuffer();
        var slot = 1;
        for (var sequence = 1; sequence <= count && slot < 8000; sequence++)
        {
            var isZero = zeroKinds > 0 && random.Next(20) < zeroKinds * 5;
            var blockCount = isZero ? random.Next(1, 5000) : random.Next(1, sequence < 20 ? 250 : 4);
            var first = random.NextInt64(1L << 22);
            var extent = new Extent(first, blockCount, sequence, isZero ? 0 : 7, isZero ? 0 : slot);
            log.Add(extent, isZero ? [] : new uint[blockCount]);
            slot += isZero ? 0 : blockCount + 1;
        }

        return log;
    }
}
