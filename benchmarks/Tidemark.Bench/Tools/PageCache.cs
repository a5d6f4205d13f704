namespace Tidemark.Bench.Tools;

/// <summary>The kernel's cache of file contents.</summary>
internal static class PageCache
{
    private const string DropFile = "/proc/sys/vm/drop_caches";

    /// <summary>True when this process may empty it.</summary>
    public static bool CanDrop => Environment.IsPrivilegedProcess;

    /// <summary>Writes dirty pages out, then forgets the clean ones.</summary>
    public static async Task DropAsync()
    {
        await SyncAsync();
        await File.WriteAllTextAsync(DropFile, "3");
    }

    /// <summary>Writes dirty pages out, so that the next point does not pay for the last one.</summary>
    public static Task SyncAsync() => CommandRun.OutputAsync("sync");
}
