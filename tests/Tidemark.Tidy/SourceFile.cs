using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tidemark.Tidy;

/// <summary>A parsed C# file.</summary>
internal sealed record SourceFile(string Path, string Text, CompilationUnitSyntax Root)
{
    /// <summary>True for a file of the product, false for tests and benchmarks.</summary>
    public bool IsProduct => Path.StartsWith("src/", StringComparison.Ordinal);

    /// <summary>The project that the file belongs to: the folder below src, tests or bench.</summary>
    public string Project => Path.Split('/')[1];

    /// <summary>The types that are not nested in another one.</summary>
    public IEnumerable<MemberDeclarationSyntax> TopLevelTypes => Root
        .DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax)
        .OfType<MemberDeclarationSyntax>()
        .Where(node => node is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax);

    /// <summary>All types, nested ones too.</summary>
    public IEnumerable<BaseTypeDeclarationSyntax> Types => Root.DescendantNodes().OfType<BaseTypeDeclarationSyntax>();

    /// <summary>Where a node stands, for a message.</summary>
    public string Place(SyntaxNode node) => $"{Path}:{Line(node.SpanStart)}";

    /// <summary>The physical lines that a node covers, without what precedes it.</summary>
    public int LineCount(SyntaxNode node) => Line(node.Span.End) - Line(node.SpanStart) + 1;

    /// <summary>The name of a type or delegate.</summary>
    public static string NameOf(MemberDeclarationSyntax type) => type switch
    {
        BaseTypeDeclarationSyntax declaration => declaration.Identifier.Text,
        DelegateDeclarationSyntax declaration => declaration.Identifier.Text,
        _ => "",
    };

    private int Line(int position) => Root.SyntaxTree.GetText().Lines.GetLineFromPosition(position).LineNumber + 1;
}
