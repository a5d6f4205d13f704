namespace Tidemark.Hosting;

/// <summary>
/// What holds when neither an option nor an environment variable says otherwise; for server and client alike.
/// </summary>
internal static class Defaults
{
    /// <summary>The data folder, in the current one.</summary>
    public const string DataFolder = "data";

    /// <summary>Where the API listens.</summary>
    public const string Listen = "127.0.0.1:8780";

    /// <summary>Where disks are served over TCP.</summary>
    public const string NbdTcp = "tcp:127.0.0.1:10809";

    /// <summary>The socket in the data folder where disks are served.</summary>
    public const string NbdSocketName = "nbd.sock";

    /// <summary>A region that every SDK knows, because some refuse names that do not look like one.</summary>
    public const string Region = "ap-guangzhou";

    /// <summary>The first zone of that region.</summary>
    public const string Zone = "ap-guangzhou-1";

    private const int ZoneCount = 7;

    /// <summary>
    /// The zones of a region for which none were named: as many as the cloud's have, so that the zones in existing
    /// configurations and scripts are there.
    /// </summary>
    public static IReadOnlyList<string> ZonesOf(string region) =>
        [.. Enumerable.Range(1, ZoneCount).Select(number => $"{region}-{number}")];

    /// <summary>
    /// Snapshots that there may be besides those that each disk adds: on a machine of one's own, plenty.
    /// </summary>
    public const int SnapshotQuota = 10_000;
}
