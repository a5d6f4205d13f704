namespace Tidemark.Tidy;

public sealed class NameTests
{
    private static readonly string[] EmptyEndings =
    [
        "Manager", "Helper", "Helpers", "Util", "Utils", "Utility", "Utilities", "Service", "Processor", "Handler",
        "Wrapper", "Data", "Info", "Impl",
    ];

    [Fact]
    public void A_type_is_named_for_the_thing_it_is() => ExceptionList.Check(
        "type-name", "name the thing it does in the words of the field",
        from file in Tree.Current.Sources
        from type in file.Types
        let name = type.Identifier.Text
        where EmptyEndings.Any(ending => name.EndsWith(ending, StringComparison.Ordinal))
        select ($"{file.Path}#{name}", $"{file.Place(type)} {name}"));

    [Fact]
    public void A_file_holds_one_type() => ExceptionList.Check(
        "one-type", "move each type to a file of its own",
        from file in Tree.Current.Sources
        let names = file.TopLevelTypes.Select(SourceFile.NameOf).Distinct().ToList()
        where names.Count > 1
        select (file.Path, $"{file.Path}: {string.Join(", ", names)}"));

    [Fact]
    public void A_file_is_named_after_its_type() => ExceptionList.Check(
        "file-name", "name the file Type.cs or, for a part of it, Type.Concern.cs",
        from file in Tree.Current.Sources
        let fileName = file.Path.Split('/')[^1]
        let types = file.TopLevelTypes.Select(SourceFile.NameOf).ToList()
        where types.Count > 0 && types[0] != fileName.Split('.')[0]
        select (file.Path, $"{file.Path}: holds {types[0]}"));

    [Fact]
    public void A_namespace_is_its_folder() => ExceptionList.Check(
        "namespace", "the namespace is the project and its folders, joined by dots, for the whole file",
        from file in Tree.Current.Sources
        where file.TopLevelTypes.Any()
        let expected = string.Join('.', file.Path.Split('/')[1..^1])
        let scope = file.Root.Members
            .OfType<Microsoft.CodeAnalysis.CSharp.Syntax.FileScopedNamespaceDeclarationSyntax>().FirstOrDefault()
        where scope is null || scope.Name.ToString() != expected
        select (file.Path, $"{file.Path}: {scope?.Name.ToString() ?? "none for the whole file"}, expected {expected}"));
}
