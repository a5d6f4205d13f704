using System.Collections.Concurrent;

namespace Tidemark.Tidy;

/// <summary>
/// The named exceptions of exceptions.txt. A rule asks for each of its findings; a finding that the list names is
/// allowed, and an entry that no finding asked for has become superfluous.
/// </summary>
internal static class ExceptionList
{
    /// <summary>The most entries that the list may have. Lower it when the list shrinks; it never rises.</summary>
    public const int EntryCountMax = 0;

    private const string ListPath = "tests/Tidemark.Tidy/exceptions.txt";

    private static readonly Lazy<IReadOnlyList<string[]>> Parsed = new(Parse);

    private static readonly ConcurrentDictionary<string, bool> Used = [];

    /// <summary>Every entry as rule, place and reason.</summary>
    public static IReadOnlyList<string[]> Entries => Parsed.Value;

    /// <summary>Fails with every finding that the list does not name.</summary>
    public static void Check(string rule, string advice, IEnumerable<(string Place, string Finding)> findings)
    {
        var allowed = Entries.Where(entry => entry[0] == rule).Select(entry => entry[1]).ToHashSet();
        var found = findings.ToList();
        foreach (var (place, _) in found.Where(finding => allowed.Contains(finding.Place)))
            Used[$"{rule} {place}"] = true;

        var wrong = found.Where(finding => !allowed.Contains(finding.Place))
            .Select(finding => finding.Finding)
            .ToList();
        var unused = allowed.Where(place => !Used.ContainsKey($"{rule} {place}")).ToList();

        Assert.True(wrong.Count == 0, $"{rule}: {advice}\n  {string.Join("\n  ", wrong)}");
        Assert.True(unused.Count == 0, $"{rule}: no longer needed in {ListPath}:\n  {string.Join("\n  ", unused)}");
    }

    private static List<string[]> Parse() => Tree.Current.Read(ListPath)
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Where(line => !line.StartsWith('#'))
        .Select(line => line.Split(' ', 3))
        .ToList();
}
