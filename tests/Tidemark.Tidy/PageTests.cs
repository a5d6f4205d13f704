using System.Text.RegularExpressions;

namespace Tidemark.Tidy;

public sealed partial class PageTests
{
    public static TheoryData<string> Pages => [.. Tree.Current.Paths
        .Where(path => path.EndsWith(".md", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_page_has_one_title(string path)
    {
        var withoutCode = CodeBlock().Replace(Tree.Current.Read(path), "");

        Assert.Equal(1, withoutCode.Split('\n').Count(line => line.StartsWith("# ", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_link_leads_to_a_file_that_exists(string path)
    {
        var folder = Path.GetDirectoryName(path) ?? "";
        var targets = Link().Matches(Tree.Current.Read(path))
            .Select(match => match.Groups[1].Value)
            .Where(target => !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith('#'))
            .Select(target => Path.Combine(folder, target.Split('#')[0]));

        Assert.All(targets, target => Assert.True(Tree.Current.Exists(target), $"{path} links to {target}."));
    }

    [GeneratedRegex("```.*?```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();
}
