using System.Globalization;
using System.Xml.Linq;

namespace Tidemark.Tidy;

public sealed class DecisionTests
{
    private static readonly IReadOnlyList<string> Pages = [.. Tree.Current.Paths
        .Where(path => path.StartsWith("docs/decisions/", StringComparison.Ordinal)
            && char.IsAsciiDigit(Path.GetFileName(path)[0]))];

    [Fact]
    public void Decisions_are_numbered_without_gaps()
    {
        var numbers = Pages.Select(path => int.Parse(Path.GetFileName(path)[..4], CultureInfo.InvariantCulture));

        Assert.Equal(Enumerable.Range(1, Pages.Count), numbers);
    }

    [Fact]
    public void Each_decision_has_a_status_a_context_and_what_was_decided() => Assert.All(Pages, path =>
    {
        var text = Tree.Current.Read(path);
        Assert.Contains("Status:", text, StringComparison.Ordinal);
        Assert.Contains("## Context", text, StringComparison.Ordinal);
        Assert.Contains("## Decision", text, StringComparison.Ordinal);
    });

    [Fact]
    public void Each_package_is_named_by_a_decision()
    {
        var text = string.Concat(Pages.Select(Tree.Current.Read));
        var packages = XDocument.Parse(Tree.Current.Read("Directory.Packages.props"))
            .Descendants("PackageVersion")
            .Select(package => package.Attribute("Include")?.Value ?? "");

        Assert.All(packages, name => Assert.True(
            text.Contains($"`{name}`", StringComparison.Ordinal), $"No page of docs/decisions names `{name}`."));
    }
}
