using System.Globalization;
using System.Text.RegularExpressions;

namespace Tidemark.Tidy;

/// <summary>
/// A format page is bound to its sources: a paragraph "Source:" names them in backticks, and every `Name = value` in
/// backticks, or line Type.Name = value in a block of code, is a constant of the product with that value.
/// </summary>
public sealed partial class FormatPageTests
{
    private static readonly Lazy<ConstantTable> Constants = new(() => new ConstantTable());

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
        Assert.All(Statement().Matches(Tree.Current.Read(path)), match =>
        {
            var name = match.Groups[1].Value;
            var stated = long.Parse(
                match.Groups[2].Value.Replace(",", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
            Assert.True(
                Constants.Value.TryGet(name, out var value),
                $"{path}: the product has no constant {name}, or several.");
            Assert.True(stated == value, $"{path} states {name} = {stated}, the source says {value}.");
        });
    }

    private static List<string> SourcesOf(string path) => Tree.Current.Read(path).Split("\n\n")
        .Where(paragraph => Heading().IsMatch(paragraph))
        .SelectMany(paragraph => Quoted().Matches(paragraph).Select(match => match.Groups[1].Value))
        .Where(path => path.EndsWith(".cs", StringComparison.Ordinal))
        .ToList();

    [GeneratedRegex(@"^\s*(Sources?|Bound to this page):")]
    private static partial Regex Heading();

    [GeneratedRegex(@"(?:`|^)((?:[A-Z]\w+\.)?[A-Z]\w+) = ([\d,]+)(?:`|$)", RegexOptions.Multiline)]
    private static partial Regex Statement();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();
}
