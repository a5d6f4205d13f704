using System.Globalization;

namespace Tidemark.Bench.Tools;

/// <summary>What a folder really takes on its file system, holes left out.</summary>
internal static class DiskSpace
{
    private const int BlockBytes = 1024;

    /// <summary>Allocated bytes of everything below a folder.</summary>
    public static async Task<long> AllocatedBytesAsync(string folder)
    {
        // A file that is removed while du walks is no failure.
        var output = await CommandRun.OutputAsync("sh", "-c", "du -sk \"$1\" 2>/dev/null || true", "du", folder);
        return long.Parse(output.Split('\t')[0], CultureInfo.InvariantCulture) * BlockBytes;
    }
}
