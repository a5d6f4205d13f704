using Tidemark.Output;

namespace Tidemark.Program.Tests.Output;

public sealed class ByteSizeTests
{
    [Theory]
    [InlineData("20GiB", 20)]
    [InlineData("20G", 20)]
    [InlineData("20gib", 20)]
    [InlineData("20 GiB", 20)]
    [InlineData("20480MiB", 20)]
    [InlineData("20", 20)]
    [InlineData("1T", 1024)]
    [InlineData("1.5TiB", 1536)]
    public void A_disk_size_is_read_in_the_forms_people_write(string text, long expectedGiB) =>
        Assert.Equal(expectedGiB, ByteSize.ParseGiB(text));

    [Theory]
    [InlineData("")]
    [InlineData("GiB")]
    [InlineData("-1")]
    [InlineData("0")]
    [InlineData("512MiB")]
    [InlineData("1.5GiB")]
    [InlineData("20GB")]
    [InlineData("20 apples")]
    [InlineData("99999999999999999999TiB")]
    public void A_size_that_no_disk_can_have_is_wrong_usage(string text)
    {
        var failure = Assert.Throws<CommandException>(() => ByteSize.ParseGiB(text));

        Assert.Equal(ExitCode.Usage, failure.ExitCode);
        Assert.Contains($"'{text}'", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(1023, "1023 B")]
    [InlineData(1024, "1 KiB")]
    [InlineData(1536, "1.5 KiB")]
    [InlineData(16L << 20, "16 MiB")]
    [InlineData(20L << 30, "20 GiB")]
    [InlineData(16L << 40, "16 TiB")]
    public void A_size_is_printed_in_the_unit_that_leaves_a_short_number(long bytes, string expected) =>
        Assert.Equal(expected, ByteSize.Format(bytes));
}
