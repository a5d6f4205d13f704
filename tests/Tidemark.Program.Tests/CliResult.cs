using System.Text.Json;
using Tidemark.Output;

namespace Tidemark.Program.Tests;

/// <summary>How a command ended.</summary>
internal sealed record CliResult(ExitCode ExitCode, string Output, string Error)
{
    /// <summary>The output as JSON, of a command that must have ended well.</summary>
    public JsonElement Json()
    {
        Assert.True(ExitCode == ExitCode.Done, Error);
        using var document = JsonDocument.Parse(Output);
        return document.RootElement.Clone();
    }
}
