using Tidemark.Client;
using Tidemark.Output;

namespace Tidemark.Verbs;

/// <summary>Snapshots as a table.</summary>
internal static class SnapshotTable
{
    private static readonly string[] Headings = ["SNAPSHOT", "NAME", "DISK", "SIZE", "STATE", "CREATED"];

    /// <summary>Prints one row a snapshot.</summary>
    public static void Print(Printer printer, IEnumerable<SnapshotView> snapshots) => printer.Table(
        Headings,
        snapshots.Select(snapshot => new[]
        {
            snapshot.Id,
            snapshot.Name,
            snapshot.Members.DiskId,
            $"{snapshot.Members.DiskSize} GiB",
            snapshot.Members.SnapshotState,
            ApiTime.Utc(snapshot.Members.CreateTime),
        }));
}
