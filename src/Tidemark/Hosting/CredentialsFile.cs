using Tidemark.Output;

namespace Tidemark.Hosting;

/// <summary>
/// The key of a data folder, in the file <c>credentials</c> that only its owner may read: two lines of NAME=VALUE, named like the
/// environment variables, so that a shell can source it.
/// </summary>
internal static class CredentialsFile
{
    private const string FileName = "credentials";
    private const int FileBytesMax = 4096;

    /// <summary>Where the file of a data folder is.</summary>
    public static string PathIn(string dataFolder) => Path.Combine(dataFolder, FileName);

    /// <summary>Reads the pair; null when there is no file.</summary>
    public static (string SecretId, string SecretKey)? Read(string dataFolder)
    {
        var path = PathIn(dataFolder);
        if (!File.Exists(path))
            return null;

        var values = ReadLines(path)
            .Select(line => line.Split('=', 2))
            .Where(parts => parts.Length == 2)
            .ToDictionary(parts => parts[0].Trim(), parts => parts[1].Trim());
        var isWhole = values.TryGetValue(EnvironmentNames.SecretId, out var secretId)
            & values.TryGetValue(EnvironmentNames.SecretKey, out var secretKey);
        return isWhole && secretId is not null && secretKey is not null
            ? (secretId, secretKey)
            : throw new CommandException(
                ExitCode.Denied,
                "BadCredentialsFile",
                $"{path} lacks {EnvironmentNames.SecretId}=… or {EnvironmentNames.SecretKey}=….",
                "Restore it, or remove it: the next start of the server writes it anew.");
    }

    /// <summary>Writes the pair, at once whole and never readable by others.</summary>
    public static void Write(string dataFolder, string secretId, string secretKey)
    {
        var path = PathIn(dataFolder);
        var draft = path + ".new";
        File.Delete(draft);
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        using (var stream = new FileStream(draft, options))
        using (var writer = new StreamWriter(stream))
        {
            writer.Write($"{EnvironmentNames.SecretId}={secretId}\n{EnvironmentNames.SecretKey}={secretKey}\n");
            writer.Flush();
            stream.Flush(flushToDisk: true);
        }

        File.Move(draft, path, overwrite: true);
    }

    private static string[] ReadLines(string path)
    {
        try
        {
            return new FileInfo(path).Length <= FileBytesMax ? File.ReadAllLines(path) : [];
        }
        catch (UnauthorizedAccessException failure)
        {
            throw new CommandException(
                ExitCode.Denied, "CredentialsNotReadable", failure.Message,
                "Run this as the owner of the data folder, or give the keys in the environment.", failure);
        }
    }
}
