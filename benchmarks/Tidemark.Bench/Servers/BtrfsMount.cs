using Tidemark.Bench.Tools;

namespace Tidemark.Bench.Servers;

/// <summary>A btrfs in a file, mounted through a loop device as long as it lives.</summary>
internal sealed class BtrfsMount : IAsyncDisposable
{
    private BtrfsMount(string folder) => Folder = folder;

    /// <summary>Where it is mounted.</summary>
    public string Folder { get; }

    /// <summary>
    /// Makes and mounts one; null, with the reason given to <paramref name="note"/>, where it cannot be.
    /// </summary>
    public static async Task<BtrfsMount?> TryCreateAsync(string workFolder, int sizeMiB, Action<string> note)
    {
        try
        {
            var image = Path.Combine(workFolder, "btrfs.img");
            var folder = PathOf(workFolder);
            Directory.CreateDirectory(folder);
            await CommandRun.OutputAsync("truncate", "-s", $"{sizeMiB}M", image);
            await CommandRun.OutputAsync("mkfs.btrfs", "-q", image);
            await CommandRun.OutputAsync("mount", "-o", "loop,noatime", image, folder);
            return new BtrfsMount(folder);
        }
        catch (Exception exception) when (
            exception is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            note($"btrfs was left out: it could not be mounted here ({exception.Message}).");
            return null;
        }
    }

    /// <summary>Unmounts what a run that was cut off has left.</summary>
    public static async Task RemoveLeftoverAsync(string workFolder)
    {
        var folder = PathOf(workFolder);
        if ((await File.ReadAllTextAsync("/proc/self/mounts")).Contains($" {folder} ", StringComparison.Ordinal))
            await CommandRun.OutputAsync("umount", folder);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await CommandRun.OutputAsync("umount", Folder);

    private static string PathOf(string workFolder) => Path.Combine(workFolder, "btrfs");
}
