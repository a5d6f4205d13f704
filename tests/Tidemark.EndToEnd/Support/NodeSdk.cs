using System.Diagnostics;
using Tidemark.Disks.Keys;

namespace Tidemark.EndToEnd.Support;

/// <summary>
/// The official Node SDK beside the scripts that use it: installed once, from the pinned lock file, when a test first
/// needs it.
/// </summary>
internal static class NodeSdk
{
    private const string Zone = "ap-guangzhou-1";
    private const string InstalledMark = "node_modules/.installed";
    private static readonly TimeSpan InstallTimeMax = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan PartTimeMax = TimeSpan.FromMinutes(3);
    private static readonly Lazy<string> Folder = new(Install);

    /// <summary>Runs one part of the life cycle against a server.</summary>
    public static ToolResult Run(ServerProcess server, string part)
    {
        var key = CredentialsFile.Read(Path.Combine(server.DataFolder, "credentials"));
        Assert.NotNull(key);
        var start = new ProcessStartInfo(Tool.Find("node"), ["lifecycle.js", part]) { WorkingDirectory = Folder.Value };
        start.Environment["TIDEMARK_ENDPOINT"] = server.Endpoint;
        start.Environment["TIDEMARK_SECRET_ID"] = key.Key.SecretId;
        start.Environment["TIDEMARK_SECRET_KEY"] = key.Key.SecretKey;
        start.Environment["TIDEMARK_REGION"] = key.Region;
        start.Environment["TIDEMARK_ZONE"] = Zone;
        // The SDK would send even what is for this machine to a proxy.
        start.Environment["no_proxy"] = "127.0.0.1,localhost";
        return Tool.Execute(start, PartTimeMax);
    }

    // What is there from an earlier run counts only when it was made from the same lock file.
    private static string Install()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "Node");
        var wanted = File.ReadAllText(Path.Combine(folder, "package-lock.json"));
        var mark = Path.Combine(folder, InstalledMark);
        if (File.Exists(mark) && File.ReadAllText(mark) == wanted)
            return folder;

        var start = new ProcessStartInfo(Tool.Find("npm"), ["ci", "--no-progress"]) { WorkingDirectory = folder };
        var result = Tool.Execute(start, InstallTimeMax);
        Assert.True(
            result.ExitCode == 0, $"The Node SDK could not be installed; npm must reach its packages once.\n{result}");
        File.WriteAllText(mark, wanted);
        return folder;
    }
}
