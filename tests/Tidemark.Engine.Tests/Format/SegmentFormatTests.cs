using Tidemark.Engine.Format;

namespace Tidemark.Engine.Tests.Format;

public class SegmentFormatTests
{
    [Fact]
    public void A_segment_header_reads_as_written()
    {
        Assert.True(SegmentHeader.TryRead(FormatSamples.HeaderBlock(), out var header, out var reason), reason);
        Assert.Equal(FormatSamples.Header, header);
    }

    [Fact]
    public void A_disk_id_may_have_32_characters_and_no_more()
    {
        var block = new byte[Blocks.SizeBytes];
        var header = FormatSamples.Header with { DiskId = new string('x', 32) };
        header.Write(block);

        Assert.True(SegmentHeader.TryRead(block, out var read, out _));
        Assert.Equal(header, read);
        Assert.Throws<ArgumentException>(() => (header with { DiskId = new string('x', 33) }).Write(block));
        Assert.Throws<ArgumentException>(() => (header with { DiskId = "" }).Write(block));
        Assert.Throws<ArgumentException>(() => (header with { DiskId = "é" }).Write(block));
    }

    [Fact]
    public void A_segment_trailer_reads_as_written()
    {
        Assert.True(SegmentTrailer.TryRead(FormatSamples.TrailerBlock(), out var trailer, out var reason), reason);
        Assert.Equal(FormatSamples.Trailer, trailer);
    }

    [Fact]
    public void A_record_header_reads_as_written_with_slots_after_its_own()
    {
        var content = new RecordContent();

        Assert.True(RecordHeader.TryRead(FormatSamples.RecordBlock(), 77, 1000, 1, content, out var reason), reason);

        Assert.Equal(FormatSamples.RecordExtents, content.Extents.ToArray());
        Assert.Equal(FormatSamples.RecordCrcs, content.Crcs.ToArray());
        Assert.Equal((1000, 3, 3), (content.Sequence, content.Epoch, content.DataBlockCount));
    }

    [Theory]
    [InlineData(1, 256, true)]
    [InlineData(1, 257, false)]
    [InlineData(252, 252, true)]
    [InlineData(253, 252, false)]
    [InlineData(336, 0, true)]
    [InlineData(337, 0, false)]
    [InlineData(0, 0, false)]
    public void A_record_fits_when_its_header_does(int extents, int dataBlocks, bool fits) =>
        Assert.Equal(fits, RecordHeader.Fits(extents, dataBlocks));

    [Fact]
    public void The_fullest_records_read_as_written()
    {
        var block = new byte[Blocks.SizeBytes];
        var content = new RecordContent();
        var data = Enumerable.Range(0, 252).Select(i => new Engine.Index.Extent(i * 3, 1, 5, 9, 4 + i)).ToArray();
        var crcs = Enumerable.Range(0, 252).Select(i => (uint)i * 7919).ToArray();

        Assert.Equal(253, RecordHeader.Write(block, 5, 9, 1, data, crcs));

        Assert.True(RecordHeader.TryRead(block, 9, 5, 3, content, out var reason), reason);
        Assert.Equal(data, content.Extents.ToArray());
        Assert.Equal(crcs, content.Crcs.ToArray());
        var zeros = Enumerable.Range(0, 336).Select(i => new Engine.Index.Extent(i * 3, 2, 5, 0, 0)).ToArray();
        Assert.Equal(1, RecordHeader.Write(block, 5, 9, 1, zeros, []));
        Assert.True(RecordHeader.TryRead(block, 9, 5, 3, content, out reason), reason);
        Assert.Equal(zeros, content.Extents.ToArray());
    }

    [Fact]
    public void A_record_of_another_segment_or_sequence_is_refused()
    {
        var content = new RecordContent();

        Assert.False(RecordHeader.TryRead(FormatSamples.RecordBlock(), 78, 1000, 1, content, out var reason));
        Assert.Contains("expected record 1000 of segment 78", reason, StringComparison.Ordinal);
        Assert.False(RecordHeader.TryRead(FormatSamples.RecordBlock(), 77, 1001, 1, content, out reason));
        Assert.Contains("expected record 1001 of segment 77", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_written_is_refused()
    {
        var block = new byte[Blocks.SizeBytes];

        Assert.Throws<ArgumentException>(() => RecordHeader.Write(block, 1, 1, 1, [new(0, 2, 1, 1, 1)], [1u]));
        Assert.Throws<ArgumentException>(() => RecordHeader.Write(block, 1, 1, 1, [new(1L << 33, 1, 1, 1, 1)], [1u]));
        Assert.Throws<ArgumentException>(
            () => RecordHeader.Write(block, 1, 1, 1, [new(0, (1 << 20) + 1, 1, 0, 0)], []));
        Assert.Throws<ArgumentException>(() => RecordHeader.Write(block, 1, 1, 1, [], []));
    }

    [Fact]
    public void Flipping_any_byte_of_a_structure_is_noticed()
    {
        var content = new RecordContent();
        var (header, trailer, record) =
            (FormatSamples.HeaderBlock(), FormatSamples.TrailerBlock(), FormatSamples.RecordBlock());
        for (var index = 0; index < Blocks.SizeBytes; index++)
        {
            Assert.False(SegmentHeader.TryRead(Flipped(header, index), out _, out var reason), $"byte {index}");
            Assert.NotEmpty(reason);
            Assert.False(SegmentTrailer.TryRead(Flipped(trailer, index), out _, out reason), $"byte {index}");
            Assert.NotEmpty(reason);
            Assert.False(
                RecordHeader.TryRead(Flipped(record, index), 77, 1000, 1, content, out reason), $"byte {index}");
            Assert.NotEmpty(reason);
        }
    }

    [Fact]
    public void Random_bytes_are_refused_without_an_exception()
    {
        var random = new Random(4);
        var block = new byte[Blocks.SizeBytes];
        for (var round = 0; round < 500; round++)
        {
            var sample = FormatSamples.RecordBlock();
            random.NextBytes(block);
            sample.AsSpan(0, 16).CopyTo(block);
            Assert.False(RecordHeader.TryRead(block, 77, 1000, 1, new RecordContent(), out _));
        }
    }

    private static byte[] Flipped(byte[] block, int index)
    {
        var copy = block.ToArray();
        copy[index] ^= (byte)(1 << index % 8);
        return copy;
    }
}
