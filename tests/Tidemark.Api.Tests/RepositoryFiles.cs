namespace Tidemark.Api.Tests;

/// <summary>Files of the repository that tests compare with the code.</summary>
internal static class RepositoryFiles
{
    /// <summary>The path of a file, from the folder that holds the solution.</summary>
    public static string PathOf(string relativePath)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Tidemark.slnx")))
            folder = folder.Parent;
        return folder is not null
            ? Path.Combine(folder.FullName, relativePath)
            : throw new InvalidOperationException($"No Tidemark.slnx above {AppContext.BaseDirectory}.");
    }

    /// <summary>The text of a file.</summary>
    public static string Read(string relativePath) => File.ReadAllText(PathOf(relativePath));
}
