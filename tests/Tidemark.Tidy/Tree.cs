using Microsoft.CodeAnalysis.CSharp;

namespace Tidemark.Tidy;

/// <summary>The repository's files, read once.</summary>
internal sealed class Tree
{
    private static readonly string[] FoldersLeftOut =
        [".git", "bin", "obj", "artifacts", "data", "node_modules", "TestResults", "lost"];

    private static readonly string[] TextEndings =
        [
        ".cs", ".csproj", ".props", ".targets", ".slnx", ".md", ".txt", ".json", ".sh", ".sql", ".yml", ".yaml", ".py",
    ];

    private static readonly Lazy<Tree> Instance = new(() => new Tree(FindRoot()));

    private Tree(string root)
    {
        Root = root;
        Paths = [.. Walk(root).Order(StringComparer.Ordinal)];
        Sources = [.. Paths.Where(path => path.EndsWith(".cs", StringComparison.Ordinal)).Select(Parse)];
    }

    public static Tree Current => Instance.Value;

    /// <summary>The folder that holds the solution.</summary>
    public string Root { get; }

    /// <summary>Every file, relative to the root, with forward slashes.</summary>
    public IReadOnlyList<string> Paths { get; }

    /// <summary>Every C# file.</summary>
    public IReadOnlyList<SourceFile> Sources { get; }

    /// <summary>The C# files of the product, without tests and benchmarks.</summary>
    public IEnumerable<SourceFile> Product => Sources.Where(file => file.IsProduct);

    /// <summary>Every file that people read: sources, pages, scripts.</summary>
    public IEnumerable<string> TextPaths =>
        Paths.Where(path => Array.Exists(TextEndings, path.EndsWith) || IsScript(path));

    /// <summary>The text of a file.</summary>
    public string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>True when the path names an existing file or folder.</summary>
    public bool Exists(string path) => Path.Exists(Path.Combine(Root, path));

    private static bool IsScript(string path) => path is "tidemark" or "test" or "bench" or ".ci/run";

    private static IEnumerable<string> Walk(string root) => new DirectoryInfo(root)
        .EnumerateFileSystemInfos()
        .Where(entry => !FoldersLeftOut.Contains(entry.Name))
        .SelectMany(entry => entry is DirectoryInfo folder
            ? Walk(folder.FullName).Select(path => $"{folder.Name}/{path}")
            : [entry.Name]);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Tidemark.slnx")))
            folder = folder.Parent;
        return folder?.FullName
            ?? throw new InvalidOperationException($"No Tidemark.slnx above {AppContext.BaseDirectory}.");
    }

    private SourceFile Parse(string path)
    {
        var text = Read(path);
        return new SourceFile(path, text, CSharpSyntaxTree.ParseText(text, path: path).GetCompilationUnitRoot());
    }
}
