using System.Globalization;
using Tidemark.Output;

namespace Tidemark.Hosting;

/// <summary>
/// How many files this process may have open (RLIMIT_NOFILE). The runtime raises the soft limit to the hard one before
/// the program begins; what is found here is what there is.
/// </summary>
internal static class OpenFileLimit
{
    /// <summary>Less is refused: a server would fail in the middle of its work.</summary>
    public const int FilesMin = 1024;

    private const string LimitsPath = "/proc/self/limits";
    private const string LineStart = "Max open files";

    // What is not a segment: index files, the catalog, the API, the program's own.
    private const int OtherFiles = 256;
    private const int SegmentFilesMax = 4096;

    /// <summary>The limit now; a refusal when it is too low for a server.</summary>
    public static int Require()
    {
        var files = Read();
        return files >= FilesMin
            ? files
            : throw new CommandException(
                ExitCode.Conflict, "TooFewOpenFiles",
                $"This process may have only {files} files open; at least {FilesMin} are needed.",
                "Raise the limit: 'ulimit -n 65536' in a shell, LimitNOFILE=65536 in a systemd unit.");
    }

    /// <summary>
    /// How many segment files the engine may keep open, at most 4096: half of what there is: the log holds files
    /// beyond it, and clients have sockets.
    /// </summary>
    public static int SegmentFiles(int limit) => Math.Min((limit - OtherFiles) / 2, SegmentFilesMax);

    // Where the kernel does not tell, there is no reason to refuse.
    private static int Read()
    {
        if (!File.Exists(LimitsPath))
            return int.MaxValue;
        var line = File.ReadLines(LimitsPath)
            .FirstOrDefault(line => line.StartsWith(LineStart, StringComparison.Ordinal));
        var soft = line?[LineStart.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
        return int.TryParse(soft, NumberStyles.None, CultureInfo.InvariantCulture, out var files)
            ? files
            : int.MaxValue;
    }
}
