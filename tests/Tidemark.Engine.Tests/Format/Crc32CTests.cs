using Tidemark.Engine.Format;

namespace Tidemark.Engine.Tests.Format;

public class Crc32CTests
{
    [Fact]
    public void The_check_value_is_the_standard_one() => Assert.Equal(0xE3069283u, Crc32C.Compute("123456789"u8));

    [Fact]
    public void A_block_of_zeros_has_the_known_value() => Assert.Equal(0x98F94189u, Crc32C.Compute(new byte[4096]));

    [Fact]
    public void A_seed_goes_on_where_the_first_part_ended()
    {
        var data = RandomBytes(1, 1000);

        Assert.Equal(Crc32C.Compute(data), Crc32C.Compute(data.AsSpan(333), Crc32C.Compute(data.AsSpan(0, 333))));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(256)]
    public void Blocks_together_have_the_checksums_of_each_alone(int blockCount)
    {
        var data = RandomBytes(blockCount, blockCount * Blocks.SizeBytes);
        var crcs = new uint[blockCount];

        Crc32C.ComputeBlocks(data, crcs);

        Assert.Equal(
            Enumerable.Range(0, blockCount).Select(index => Crc32C.Compute(data.AsSpan(index * 4096, 4096))), crcs);
        Assert.Equal(-1, Crc32C.FirstMismatch(data, crcs));
    }

    [Fact]
    public void The_first_wrong_block_is_found_at_every_place()
    {
        var data = RandomBytes(5, 8 * Blocks.SizeBytes);
        var crcs = new uint[8];
        Crc32C.ComputeBlocks(data, crcs);
        data[^1] ^= 1;

        for (var index = 7; index >= 0; index--)
        {
            data[index * Blocks.SizeBytes + 17] ^= 0x80;
            Assert.Equal(index, Crc32C.FirstMismatch(data, crcs));
        }
    }

    [Fact]
    public void Lengths_that_do_not_fit_together_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Crc32C.ComputeBlocks(new byte[4097], new uint[1]));
        Assert.Throws<ArgumentException>(() => Crc32C.FirstMismatch(new byte[4096], new uint[2]));
    }

    private static byte[] RandomBytes(int seed, int length)
    {
        var data = new byte[length];
        new Random(seed).NextBytes(data);
        return data;
    }
}
