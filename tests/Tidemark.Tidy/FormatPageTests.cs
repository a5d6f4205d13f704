using System.Globalization;
using System.Text.RegularExpressions;

namespace Tidemark.Tidy;

/// <summary>
/// A format page is bound to its sources: a paragraph "Source:" names them in backticks, and every `Name = value` in
/// the page is a constant of those files with that value.
/// </summary>
public sealed partial class FormatPageTests
{
    public static TheoryData<string> Pages => [.. Tree.Current.Paths
        .Where(path => path.StartsWith("docs/formats/", StringComparison.Ordinal)
            && path.EndsWith(".md", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_format_page_names_its_sources(string path)
    {
        var sources = SourcesOf(path);

        Assert.NotEmpty(sources);
        Assert.All(sources, source => Assert.True(Tree.Current.Exists(source), $"{path} names {source}."));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_stated_constant_equals_its_source(string path)
    {
        var constants = new ConstantTable(SourcesOf(path).Where(Tree.Current.Exists));

        Assert.All(Statement().Matches(Tree.Current.Read(path)), match =>
        {
            var name = match.Groups[1].Value;
            var stated = long.Parse(
                match.Groups[2].Value.Replace(",", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
            Assert.True(constants.TryGet(name, out var value), $"{path}: no source has a constant {name}.");
            Assert.True(stated == value, $"{path} states {name} = {stated}, the source says {value}.");
        });
    }

    private static List<string> SourcesOf(string path) => Tree.Current.Read(path).Split("\n\n")
        .Where(paragraph => paragraph.TrimStart().StartsWith("Source:", StringComparison.Ordinal))
        .SelectMany(paragraph => Quoted().Matches(paragraph).Select(match => match.Groups[1].Value))
        .ToList();

    [GeneratedRegex(@"`([A-Z]\w+) = ([\d,]+)`")]
    private static partial Regex Statement();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();
}
