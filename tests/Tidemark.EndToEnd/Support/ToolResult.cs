using System.Text.Json;

namespace Tidemark.EndToEnd.Support;

/// <summary>What a program that ran to its end left.</summary>
public sealed record ToolResult(string Command, int ExitCode, string Output, string Error)
{
    /// <summary>Everything, for the message of a failure.</summary>
    public override string ToString() =>
        $"{Command}\nexit code {ExitCode}\n--- output\n{Tail(Output)}\n--- error\n{Tail(Error)}";

    /// <summary>The output as JSON.</summary>
    public JsonElement Json()
    {
        using var document = JsonDocument.Parse(Output);
        return document.RootElement.Clone();
    }

    private static string Tail(string text) => text.Length <= 4000 ? text : "..." + text[^4000..];
}
