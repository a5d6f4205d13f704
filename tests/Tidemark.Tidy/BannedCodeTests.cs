using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tidemark.Tidy;

/// <summary>
/// What no source may contain. Calls that need type information (clock, random, blocking on tasks) are banned for the
/// product by the analyzer that reads eng/BannedSymbols*.txt; here they are looked for by name in every file.
/// </summary>
public sealed partial class BannedCodeTests
{
    private static readonly (string Call, string Advice)[] Everywhere =
    [
        ("Thread.Sleep", "wait for the event itself, with a limit"),
        ("DateTime.Now", "ask a TimeProvider"),
        ("DateTimeOffset.Now", "ask a TimeProvider"),
        ("Environment.FailFast", "throw, and let the program's top end it"),
    ];

    private static readonly (string Call, string Advice)[] InEngine =
    [
        ("DateTime.UtcNow", "the engine reads no clock"),
        ("DateTimeOffset.UtcNow", "the engine reads no clock"),
        ("Guid.NewGuid", "identities are given to the engine"),
        ("Random.Shared", "the engine draws no random numbers"),
        ("new Random()", "the engine draws no random numbers"),
        ("new Thread", "the engine starts no thread"),
        ("Task.Run", "the engine starts no thread"),
        ("ThreadPool.QueueUserWorkItem", "the engine starts no thread"),
        ("Stopwatch.GetTimestamp", "the engine reads no clock"),
    ];

    private static readonly (string Call, string Advice)[] InTests =
    [
        ("DateTime.UtcNow", "no wall clock in tests"),
        ("DateTimeOffset.UtcNow", "no wall clock in tests"),
        ("Random.Shared", "seed it, and print the seed"),
        ("new Random()", "seed it, and print the seed"),
    ];

    [Fact]
    public void No_file_makes_a_banned_call() => Check("banned-call", Everywhere, _ => true);

    [Fact]
    public void The_engine_reads_no_clock_draws_no_random_and_starts_no_thread() =>
        Check("engine-call", InEngine, file => file.IsProduct && file.Project == "Tidemark.Engine");

    [Fact]
    public void Tests_use_neither_wall_clock_nor_unseeded_random() =>
        Check("test-call", InTests, file => !file.IsProduct);

    [Fact]
    public void Nothing_is_left_unfinished() => ExceptionList.Check(
        "unfinished", "finish it or leave it out",
        from file in Tree.Current.Sources
        where file.Project != "Tidemark.Tidy"
        from match in Unfinished().Matches(file.Text)
        select (file.Path, $"{file.Path}: {match.Value}"));

    [Fact]
    public void No_test_is_skipped() => ExceptionList.Check(
        "skipped-test", "a test that cannot run is a failure with a reason",
        from file in Tree.Current.Sources
        from argument in file.Root.DescendantNodes().OfType<AttributeArgumentSyntax>()
        where argument.NameEquals?.Name.Identifier.Text is "Skip" or "SkipWhen" or "SkipUnless"
        select (file.Path, file.Place(argument)));

    [Fact]
    public void The_product_never_overrides_the_null_checks() => ExceptionList.Check(
        "null-forgiving", "say in types what cannot be null, or throw with a reason",
        from file in Tree.Current.Product
        from node in file.Root.DescendantNodes()
        where node.IsKind(SyntaxKind.SuppressNullableWarningExpression)
        select (file.Path, file.Place(node)));

    [Fact]
    public void No_method_is_async_void() => ExceptionList.Check(
        "async-void", "return the task, so that somebody awaits it",
        from file in Tree.Current.Sources
        from method in file.Root.DescendantNodes().OfType<MethodDeclarationSyntax>()
        where method.Modifiers.Any(SyntaxKind.AsyncKeyword) && method.ReturnType.ToString() == "void"
        select ($"{file.Path}#{method.Identifier.Text}", file.Place(method)));

    [Fact]
    public void No_file_is_cut_into_regions() => ExceptionList.Check(
        "region", "split the type instead",
        from file in Tree.Current.Sources
        from trivia in file.Root.DescendantTrivia()
        where trivia.IsKind(SyntaxKind.RegionDirectiveTrivia)
        select (file.Path, file.Path));

    [Fact]
    public void A_suppression_gives_its_reason() => ExceptionList.Check(
        "suppression", "say why on its line, or in a comment on the line above",
        from file in Tree.Current.Sources
        from trivia in file.Root.DescendantTrivia(descendIntoTrivia: true)
        where trivia.IsKind(SyntaxKind.PragmaWarningDirectiveTrivia)
        let text = trivia.ToString()
        where text.Contains("disable", StringComparison.Ordinal) && !text.Contains("//", StringComparison.Ordinal)
        let before = file.Text[..trivia.SpanStart].TrimEnd().Split('\n')[^1]
        where !before.TrimStart().StartsWith("//", StringComparison.Ordinal)
        select (file.Path, $"{file.Path}: {text.Trim()}"));

    [GeneratedRegex(@"\b(NotImplementedException|TODO|FIXME|HACK|XXX)\b")]
    private static partial Regex Unfinished();

    private static void Check(
        string rule, (string Call, string Advice)[] calls, Func<SourceFile, bool> concerns)
    {
        var findings =
            from file in Tree.Current.Sources
            where concerns(file)
            from node in file.Root.DescendantNodes()
            where node is MemberAccessExpressionSyntax or ObjectCreationExpressionSyntax
            let text = TextOf(node)
            from banned in calls
            where text == banned.Call || text.StartsWith(banned.Call + "(", StringComparison.Ordinal)
            select ($"{file.Path}#{banned.Call}", $"{file.Place(node)} {banned.Call}: {banned.Advice}");
        ExceptionList.Check(rule, "use what is named", findings);
    }

    private static string TextOf(SyntaxNode node) => node switch
    {
        ObjectCreationExpressionSyntax creation => $"new {creation.Type}{creation.ArgumentList}",
        _ => node.ToString(),
    };
}
