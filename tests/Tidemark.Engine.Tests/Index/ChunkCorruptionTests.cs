using Tidemark.Engine.Format;
using Tidemark.Engine.Index;
using Tidemark.Engine.Stores;
using Tidemark.Engine.Tests.Format;

namespace Tidemark.Engine.Tests.Index;

public class ChunkCorruptionTests
{
    [Fact]
    public void Flipping_any_byte_of_a_chunk_is_noticed()
    {
        using var bench = new ChunkBench(directoryBytesMax: 0);
        var row = FormatSamples.WriteIndexFile(bench);
        var chunk = bench.Files.Open(row);
        var whole = bench.Store.Bytes(StoreArea.Index, row.ObjectId);
        for (var offset = 0; offset < whole.Length; offset++)
        {
            whole[offset] ^= (byte)(1 << offset % 8);
            bench.Store.Replace(StoreArea.Index, row.ObjectId, whole);
            whole[offset] ^= (byte)(1 << offset % 8);

            var corruption = Assert.Throws<CorruptionException>(chunk.Verify);

            Assert.Equal($"Index/{row.ObjectId}", corruption.FileName);
            Assert.InRange(offset, corruption.Offset, whole.Length);
            Assert.Contains(corruption.Found, corruption.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_wrong_page_fails_only_reads_that_need_it()
    {
        using var bench = new ChunkBench();
        var flat = new ExtentBuffer();
        for (var index = 0; index < 5000; index++)
            flat.Add(new Extent(index * 2L, 1, 5, 3, 8000 - index), [(uint)index]);
        var run = bench.WriteRun(1, flat);
        var whole = bench.Store.Bytes(StoreArea.Index, 1);
        whole[10 * Blocks.SizeBytes + 100] ^= 1;
        bench.Store.Replace(StoreArea.Index, 1, whole);
        var read = new ExtentBuffer();

        run.Collect(0, 500, read);
        run.Collect(6000, 500, read);
        var corruption = Assert.Throws<CorruptionException>(() => run.Collect(9 * 2 * 112, 10, new ExtentBuffer()));

        Assert.Equal(500, read.Count);
        Assert.Equal(10 * Blocks.SizeBytes, corruption.Offset);
    }

    [Fact]
    public void A_chunk_cut_short_is_noticed_and_never_read_as_zeros()
    {
        using var bench = new ChunkBench(directoryBytesMax: 0);
        var row = FormatSamples.WriteIndexFile(bench);
        var whole = bench.Store.Bytes(StoreArea.Index, row.ObjectId);
        for (var length = whole.Length - 512; length >= 0; length -= 512)
        {
            bench.Store.Replace(StoreArea.Index, row.ObjectId, whole[..length]);

            Assert.Throws<CorruptionException>(bench.Files.Open(row).Verify);
        }
    }

    [Fact]
    public void Pages_that_changed_places_are_noticed()
    {
        using var bench = new ChunkBench();
        var row = FormatSamples.WriteIndexFile(bench);
        var whole = bench.Store.Bytes(StoreArea.Index, row.ObjectId);
        var first = whole.AsSpan(Blocks.SizeBytes, Blocks.SizeBytes).ToArray();
        whole.AsSpan(2 * Blocks.SizeBytes, Blocks.SizeBytes).CopyTo(whole.AsSpan(Blocks.SizeBytes));
        first.CopyTo(whole, 2 * Blocks.SizeBytes);
        bench.Store.Replace(StoreArea.Index, row.ObjectId, whole);

        var corruption = Assert.Throws<CorruptionException>(bench.Files.Open(row).Verify);

        Assert.Contains("this is page 1 of", corruption.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void A_chunk_that_is_not_the_one_in_the_catalog_is_noticed()
    {
        using var bench = new ChunkBench();
        var row = FormatSamples.WriteIndexFile(bench);

        Assert.Throws<CorruptionException>(bench.Files.Open(row with { ExtentCount = row.ExtentCount + 1 }).Verify);
        bench.Files.Open(row with { LayerId = 99, RunNumber = 98 }).Verify();
    }
}
