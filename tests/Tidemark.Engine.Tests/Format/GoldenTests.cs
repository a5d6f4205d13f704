using System.Buffers.Binary;
using Tidemark.Engine.Format;
using Tidemark.Engine.Index;
using Tidemark.Engine.Stores;
using Tidemark.Engine.Tests.Index;

namespace Tidemark.Engine.Tests.Format;

/// <summary>
/// What is written is, byte for byte, what the committed files hold; and what a writer of another version would have
/// written is refused. A changed golden file is a changed format: it needs a new version and a decision.
/// </summary>
public class GoldenTests
{
    public static TheoryData<string> Structures =>
        [
            "segment-header", "segment-header-compacted", "record-header", "segment-trailer", "chunk-index-file",
            "chunk-footer",
        ];

    [Theory]
    [MemberData(nameof(Structures))]
    public void Written_bytes_are_the_committed_ones(string structure) =>
        Assert.Equal(Golden(structure), FormatSamples.Write(structure));

    [Theory]
    [MemberData(nameof(Structures))]
    public void Committed_bytes_are_read(string structure) => Assert.Null(RefusalOf(structure, Golden(structure)));

    [Theory]
    [MemberData(nameof(Structures))]
    public void Another_magic_is_refused(string structure)
    {
        var bytes = Golden(structure);
        bytes[0] ^= 0x20;

        Assert.Contains("the magic is", RefusalOf(structure, Resealed(structure, bytes)), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Structures))]
    public void A_structure_for_newer_readers_is_refused_by_the_name_of_its_version(string structure)
    {
        var bytes = Golden(structure);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(Preamble.VersionOffset), 9);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(Preamble.OldestReaderOffset), 8);

        var refusal = RefusalOf(structure, Resealed(structure, bytes));

        var newest = structure.StartsWith("segment-header", StringComparison.Ordinal) ? 2 : 1;
        Assert.Contains(
            $"has version 9, which version 8 and later can read; this program reads version {newest}", refusal,
            StringComparison.Ordinal);
        Assert.Equal(refusal, RefusalOf(structure, bytes));
    }

    [Theory]
    [MemberData(nameof(Structures))]
    public void A_newer_structure_that_this_version_may_read_is_read(string structure)
    {
        var bytes = Golden(structure);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(Preamble.VersionOffset), 9);

        Assert.Null(RefusalOf(structure, Resealed(structure, bytes)));
    }

    [Fact]
    public void A_program_without_compaction_refuses_a_compacted_segment_by_the_name_of_its_version()
    {
        var refusal = Preamble.CheckKind(
            Golden("segment-header-compacted"), "TMSEGMNT"u8, "segment header", Preamble.CurrentVersion);

        Assert.Contains("has version 2, which version 2 and later can read", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void The_kind_of_a_segment_is_read_back()
    {
        Assert.True(SegmentHeader.TryRead(Golden("segment-header-compacted"), out var compacted, out _));
        Assert.True(SegmentHeader.TryRead(Golden("segment-header"), out var written, out _));
        Assert.True(compacted.IsCompacted);
        Assert.False(written.IsCompacted);
    }

    [Fact]
    public void An_unknown_kind_of_segment_is_refused()
    {
        var bytes = Golden("segment-header-compacted");
        bytes[120] = 7;

        Assert.Contains("unknown kind 7",
            RefusalOf("segment-header", Resealed("segment-header", bytes)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("segment-header", 120)]
    [InlineData("segment-header-compacted", 124)]
    [InlineData("segment-header", 4095)]
    [InlineData("record-header", 48)]
    [InlineData("record-header", 63)]
    [InlineData("record-header", 4095)]
    [InlineData("segment-trailer", 56)]
    [InlineData("segment-trailer", 4095)]
    [InlineData("chunk-index-file", 144)]
    [InlineData("chunk-footer", 4095)]
    public void A_reserved_byte_that_is_not_zero_is_refused_by_its_offset(string structure, int offset)
    {
        var bytes = Golden(structure);
        bytes[offset] = 1;

        Assert.Contains(
            $"reserved byte {offset}", RefusalOf(structure, Resealed(structure, bytes)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(24)]
    [InlineData(28)]
    [InlineData(32)]
    [InlineData(32 + 24)]
    [InlineData(32 + 28)]
    public void A_page_that_says_what_cannot_be_is_refused_though_its_checksum_is_right(int offset)
    {
        var bytes = Golden("chunk-index-file");
        var page = bytes.AsSpan(Blocks.SizeBytes, Blocks.SizeBytes);
        page[offset + 3] = 0x7F;
        page[offset] = 1;
        BinaryPrimitives.WriteUInt32LittleEndian(page[4..], Crc32C.Compute(page[8..], Crc32C.Compute(page[..4])));

        Assert.NotNull(RefusalOf("chunk-index-file", bytes));
    }

    internal static byte[] Golden(string structure) => File.ReadAllBytes(Path.Combine(Folder(), $"{structure}.bin"));

    /// <summary>The committed folder, found upwards from the built program.</summary>
    private static string Folder()
    {
        const string Golden = "tests/Tidemark.Engine.Tests/Format/Golden";
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (Directory.Exists(Path.Combine(at.FullName, Golden)))
                return Path.Combine(at.FullName, Golden);
        }

        throw new DirectoryNotFoundException($"{Golden} is not above {AppContext.BaseDirectory}.");
    }

    private static byte[] Resealed(string structure, byte[] bytes)
    {
        // A record's checksum covers its used part: three extents and three checksums.
        FormatSamples.Reseal(bytes, structure == "record-header" ? 64 + 3 * 12 + 3 * 4 : Blocks.SizeBytes);
        return bytes;
    }

    private static string? RefusalOf(string structure, byte[] bytes)
    {
        string? reason;
        switch (structure)
        {
            case "segment-header" or "segment-header-compacted":
                SegmentHeader.TryRead(bytes, out _, out reason);
                return reason;
            case "record-header":
                RecordHeader.TryRead(bytes, 77, 1000, 1, new RecordContent(), out reason);
                return reason;
            case "segment-trailer":
                SegmentTrailer.TryRead(bytes, out _, out reason);
                return reason;
            default:
                return ChunkRefusal(structure == "chunk-footer", bytes);
        }
    }

    private static string? ChunkRefusal(bool isFooter, byte[] bytes)
    {
        using var bench = new ChunkBench();
        var row = isFooter ? FormatSamples.WriteFooter(bench) : FormatSamples.WriteIndexFile(bench);
        var area = isFooter ? StoreArea.Segments : StoreArea.Index;
        var whole = bench.Store.Bytes(area, row.ObjectId);
        bytes.CopyTo(whole, row.OffsetBytes);
        bench.Store.Replace(area, row.ObjectId, whole);
        try
        {
            bench.Files.Open(row).Verify();
            return null;
        }
        catch (CorruptionException corruption)
        {
            return corruption.Found;
        }
    }
}
