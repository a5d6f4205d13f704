using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tidemark.Tidy;

public sealed class DocumentedTypeTests
{
    [Fact]
    public void Every_type_of_the_product_says_what_it_is() => ExceptionList.Check(
        "documented-type", "write a /// summary with the contract",
        from file in Tree.Current.Product
        from type in file.TopLevelTypes
        where !IsDocumented(type) && !HasDocumentedPart(SourceFile.NameOf(type), file.Project)
        select ($"{file.Path}#{SourceFile.NameOf(type)}", file.Place(type)));

    private static bool HasDocumentedPart(string name, string project) => Tree.Current.Product
        .Where(file => file.Project == project)
        .SelectMany(file => file.TopLevelTypes)
        .Any(type => SourceFile.NameOf(type) == name && IsDocumented(type));

    private static bool IsDocumented(MemberDeclarationSyntax type) => type.GetLeadingTrivia()
        .Any(trivia => trivia.IsKind(SyntaxKind.SingleLineDocumentationCommentTrivia));
}
