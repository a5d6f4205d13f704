using Tidemark.Client;
using Tidemark.Output;

namespace Tidemark.Verbs;

/// <summary>Snapshot groups as a table.</summary>
internal static class GroupTable
{
    private static readonly string[] Headings = ["GROUP", "NAME", "SNAPSHOTS", "STATE", "CREATED"];

    /// <summary>Prints one row a group.</summary>
    public static void Print(Printer printer, IEnumerable<GroupView> groups) => printer.Table(
        Headings,
        groups.Select(group => new[]
        {
            group.Id,
            group.Name,
            $"{group.Members.SnapshotIdSet.Count}",
            group.Members.SnapshotGroupState,
            ApiTime.Utc(group.Members.CreateTime),
        }));
}
