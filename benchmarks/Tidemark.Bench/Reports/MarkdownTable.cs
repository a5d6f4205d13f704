using System.Text;

namespace Tidemark.Bench.Reports;

/// <summary>A table in Markdown.</summary>
internal static class MarkdownTable
{
    /// <summary>The table, with an empty line behind it.</summary>
    public static string Of(IReadOnlyList<string> heads, IEnumerable<IReadOnlyList<string>> rows)
    {
        var text = new StringBuilder();
        Append(text, heads);
        Append(text, [.. heads.Select(_ => "---")]);
        foreach (var row in rows)
            Append(text, row);
        return text.Append('\n').ToString();
    }

    private static void Append(StringBuilder text, IReadOnlyList<string> cells) =>
        text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
}
