using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tidemark.Tidy;

public sealed class SizeTests
{
    private const int FileLinesMax = 500;
    private const int MethodLinesMax = 70;
    private const int LineColumnsMax = 120;
    private const int ParametersMax = 6;

    [Fact]
    public void A_file_has_at_most_500_lines() => ExceptionList.Check(
        "file-lines", $"split it by concern; at most {FileLinesMax} lines",
        Tree.Current.Sources
            .Select(file => (file.Path, Count: file.Text.Count(letter => letter == '\n')))
            .Where(file => file.Count > FileLinesMax)
            .Select(file => (file.Path, $"{file.Path}: {file.Count} lines")));

    [Fact]
    public void A_line_has_at_most_120_columns() => ExceptionList.Check(
        "line-columns", $"break it; at most {LineColumnsMax} columns",
        Tree.Current.Sources.SelectMany(file => file.Text.Split('\n')
            .Select((line, index) => (file.Path, Line: index + 1, line.Length))
            .Where(line => line.Length > LineColumnsMax)
            .Select(line => (line.Path, $"{line.Path}:{line.Line}: {line.Length} columns"))));

    [Fact]
    public void A_method_has_at_most_70_lines() => ExceptionList.Check(
        "method-lines", $"take it apart; at most {MethodLinesMax} lines, aim at 10",
        from file in Tree.Current.Sources
        from node in file.Root.DescendantNodes()
        where node is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or LocalFunctionStatementSyntax
        let lines = file.LineCount(node)
        where lines > MethodLinesMax
        select ($"{file.Path}#{NameOf(node)}", $"{file.Place(node)} {NameOf(node)}: {lines} lines"));

    [Fact]
    public void A_method_has_at_most_6_parameters() => ExceptionList.Check(
        "parameters", $"group what belongs together; at most {ParametersMax} parameters",
        from file in Tree.Current.Product
        from method in file.Root.DescendantNodes().OfType<MethodDeclarationSyntax>()
        let count = method.ParameterList.Parameters.Count
        where count > ParametersMax
        select ($"{file.Path}#{NameOf(method)}", $"{file.Place(method)} {NameOf(method)}: {count} parameters"));

    private static string NameOf(SyntaxNode node) => node switch
    {
        MethodDeclarationSyntax method => method.Identifier.Text,
        ConstructorDeclarationSyntax constructor => constructor.Identifier.Text,
        LocalFunctionStatementSyntax function => function.Identifier.Text,
        AccessorDeclarationSyntax accessor => $"{accessor.Keyword.Text}-accessor",
        _ => node.GetType().Name,
    };
}
