using Tidemark.Output;

namespace Tidemark.Program.Tests.Output;

public sealed class TimeLengthTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("90s", 90)]
    [InlineData("30m", 1_800)]
    [InlineData("12h", 43_200)]
    [InlineData(" 7d ", 604_800)]
    [InlineData("0d", 0)]
    [InlineData("3650d", 315_360_000)]
    public void A_length_of_time_is_read_in_its_unit(string text, long seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), TimeLength.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("d")]
    [InlineData("7")]
    [InlineData("-1d")]
    [InlineData("1.5d")]
    [InlineData("7w")]
    [InlineData("3651d")]
    [InlineData("99999999999999999999s")]
    public void Anything_else_is_wrong_usage(string text) =>
        Assert.Equal(ExitCode.Usage, Assert.Throws<CommandException>(() => TimeLength.Parse(text)).ExitCode);
}
