using Tidemark.Client;
using Tidemark.Output;

namespace Tidemark.Verbs;

/// <summary>Disks as a table.</summary>
internal static class DiskTable
{
    private static readonly string[] Headings = ["DISK", "NAME", "SIZE", "STATE", "SNAPSHOTS", "CREATED"];

    /// <summary>Prints one row a disk.</summary>
    public static void Print(Printer printer, IEnumerable<DiskView> disks) => printer.Table(
        Headings,
        disks.Select(disk => new[]
        {
            disk.Id,
            disk.Name,
            $"{disk.Members.DiskSize} GiB",
            disk.Members.DiskState,
            $"{disk.Members.SnapshotCount}",
            ApiTime.Utc(disk.Members.CreateTime),
        }));
}
