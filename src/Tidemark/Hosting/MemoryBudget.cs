namespace Tidemark.Hosting;

/// <summary>
/// How the one budget of a server (<c>--memory</c>) is divided. What it does not cover, the base, is the program itself
/// and a little for each client; both are stated in <c>docs/decisions/0024-limits.md</c>.
/// </summary>
/// <param name="totalBytes">The budget.</param>
internal sealed class MemoryBudget(long totalBytes)
{
    /// <summary>The smallest budget: 16 MiB.</summary>
    public const long BytesMin = 16L << 20;

    private const long DefaultMax = 1L << 30;

    /// <summary>What holds when nothing is said: a quarter of the machine's memory, at most 1 GiB.</summary>
    public static long DefaultBytes => Math.Min(DefaultMax, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4);

    /// <summary>Nine sixteenths for the map from block to place.</summary>
    public long MapBytes => totalBytes / 16 * 9;

    /// <summary>A quarter for requests that are large or wait.</summary>
    public long BufferBytes => totalBytes / 4;

    /// <summary>An eighth for the directories of index files.</summary>
    public long DirectoryBytes => totalBytes / 8;

    /// <summary>A sixteenth for what groups of layers touched.</summary>
    public long GroupBytes => totalBytes / 16;
}
