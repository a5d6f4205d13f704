using System.Text.Json;
using System.Text.RegularExpressions;
using Tidemark.Api.Actions;
using Tidemark.Api.Tests.Actions;
using Tidemark.Api.Tests.Server;

namespace Tidemark.Api.Tests.Descriptions;

/// <summary>The tables of docs/api.md say what the code does.</summary>
public sealed partial class ActionPageTests
{
    private const string NotApplicable = "not applicable";

    private static readonly string Page = RepositoryFiles.Read("docs/api.md");

    // The verdict of each action of CBS.
    private static readonly IReadOnlyList<(string Name, string Verdict)> Rows =
        [.. CbsRow().Matches(Page).Select(match => (match.Groups[1].Value, match.Groups[2].Value))];

    private static readonly IReadOnlyDictionary<string, string> ProductRows =
        OtherRow().Matches(Page).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);

    // Actions that the cloud no longer lists.
    private static readonly IReadOnlyList<string> OlderRows =
        [.. OlderRow().Matches(Page).Select(match => match.Groups[1].Value)];

    private static IEnumerable<ApiAction> OfCbs =>
        ActionTable.All.Where(action => action is { Product: CloudProduct.Cbs, IsExtension: false });

    public static TheoryData<string, string> Present => [.. Rows
        .Where(row => ActionTable.Find(row.Name) is not null)
        .Select(row => new TheoryDataRow<string, string>(row.Name, row.Verdict))];

    [Fact]
    public void The_page_has_each_of_the_61_actions_once_in_order()
    {
        var names = Rows.Select(row => row.Name).ToList();
        Assert.Equal(names.Distinct().Order(StringComparer.Ordinal), names);
        Assert.Equal(
            [("billing", 8), ("core", 21), (NotApplicable, 16), ("useful", 16)],
            Rows.GroupBy(row => row.Verdict).Select(group => (group.Key, group.Count())).Order());
    }

    [Fact]
    public void Every_action_of_CBS_in_the_code_has_a_row() =>
        Assert.Empty(OfCbs.Select(action => action.Name).Except(Rows.Select(row => row.Name)).Except(OlderRows));

    [Fact]
    public void Every_action_of_another_product_in_the_code_has_a_row_under_it() => Assert.All(
        ActionTable.All.Where(action => action.Product != CloudProduct.Cbs),
        action => Assert.Equal(
            action.Product.ToString().ToUpperInvariant(), ProductRows.GetValueOrDefault(action.Name, "no row")));

    [Fact]
    public void Every_extension_in_the_code_has_a_heading_or_a_row() => Assert.All(
        ActionTable.All.Where(action => action is { IsExtension: true, Product: CloudProduct.Cbs }),
        action => Assert.Matches(new Regex($@"^(#+ .*\b|\| `){action.Name}\b", RegexOptions.Multiline), Page));

    [Fact]
    public void Every_row_is_in_the_code()
    {
        var rows = Rows.Select(row => row.Name).Concat(ProductRows.Keys).Concat(OlderRows);
        var missing = rows.Where(name => ActionTable.Find(name) is null);

        Assert.Empty(missing);
    }

    [Theory]
    [MemberData(nameof(Present))]
    public async Task The_verdict_is_what_the_action_answers(string name, string verdict)
    {
        await using var server = await RunningServer.StartAsync();
        var bodies = new DeclaredBodies(Seed.Random($"verdict/{name}"), []);
        var body = bodies.WellTyped([.. ActionTable.Find(name)!.Parameters.Where(parameter => parameter.IsRequired)]);

        using var answer = JsonDocument.Parse(await server.SendAsync(name, body.ToJsonString()));

        var response = answer.RootElement.GetProperty("Response");
        var isRefused = response.TryGetProperty("Error", out var error)
            && error.GetProperty("Code").GetString() == "UnsupportedOperation";
        var isEmpty = response.TryGetProperty("TotalCount", out var count) && count.GetInt64() == 0;
        var fits = verdict == NotApplicable ? isRefused || isEmpty : !isRefused;
        Assert.True(fits, $"{name} is {verdict}, and answers {response}");
    }

    [GeneratedRegex(@"^\| `(\w+)` \| (core|useful|billing|not applicable) \| \S.*\. \|$", RegexOptions.Multiline)]
    private static partial Regex CbsRow();

    [GeneratedRegex(@"^\| `(\w+)` \| older \| \S.*\. \|$", RegexOptions.Multiline)]
    private static partial Regex OlderRow();

    [GeneratedRegex(@"^\| `(\w+)` \| (TAG|CVM|STS) \| \S.*\. \|$", RegexOptions.Multiline)]
    private static partial Regex OtherRow();
}
