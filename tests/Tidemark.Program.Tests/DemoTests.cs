using Tidemark.Output;

namespace Tidemark.Program.Tests;

public sealed class DemoTests
{
    [Fact]
    public async Task The_demo_verifies_every_byte_and_leaves_nothing()
    {
        var before = Directory.GetDirectories(Path.GetTempPath(), "tidemark-demo-*");

        var result = await Cli.RunAsync(["demo"], null);

        Assert.True(result.ExitCode == ExitCode.Done, result.Error);
        Assert.Contains("Every byte was as expected", result.Output, StringComparison.Ordinal);
        Assert.Equal(before, Directory.GetDirectories(Path.GetTempPath(), "tidemark-demo-*"));
    }
}
