using System.Text.RegularExpressions;

namespace Tidemark.Tidy;

/// <summary>
/// The project speaks of itself alone, to its readers: no word of how, where or by what it was written.
/// </summary>
public sealed partial class WordTests
{
    [Fact]
    public void No_file_names_a_place_on_somebodys_machine() => ExceptionList.Check(
        "machine-path", "say where a reader finds it",
        Findings(MachinePath()));

    [Fact]
    public void No_file_speaks_of_the_work_on_it() => ExceptionList.Check(
        "work-word", "speak of the thing, not of the work on it",
        Findings(WorkWord()));

    private static IEnumerable<(string Place, string Finding)> Findings(Regex pattern) =>
        from path in Tree.Current.TextPaths
        where !path.EndsWith("/WordTests.cs", StringComparison.Ordinal)
        from match in pattern.Matches(Tree.Current.Read(path))
        select (path, $"{path}: \"{match.Value}\"");

    [GeneratedRegex(@"(?<![\w.])/(work|home|root|Users)/\w+")]
    private static partial Regex MachinePath();

    [GeneratedRegex(@"\b(milestones?|issue #?\d+|subagents?|sub-agents?|language models?|chatbots?|LLMs?|"
        + @"AI[- ]generated|vibe[- ]cod\w*|Co-Authored-By|previous session|this session|the brief says)\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex WorkWord();
}
