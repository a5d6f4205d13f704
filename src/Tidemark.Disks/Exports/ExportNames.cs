using System.Globalization;
using Tidemark.Catalog;
using Tidemark.Disks.Snapshots;

namespace Tidemark.Disks.Exports;

/// <summary>
/// Finds what an export's name means, in this order: nothing (the only disk), a disk's id, a disk's name, a snapshot's
/// id, <c>DISK@SNAPSHOT</c> with ids or names.
/// </summary>
internal static class ExportNames
{
    private const int CandidatesMax = 5;

    /// <summary>Finds it.</summary>
    public static ExportTarget Resolve(CatalogReader reader, string name)
    {
        if (name.Length == 0)
            return ResolveOnlyDisk(reader);
        var diskIds = FindDisks(reader, name);
        if (diskIds.Count > 1)
            return Ambiguous("disks", name, diskIds);
        if (diskIds.Count == 1)
            return new ExportTarget(DiskTable.Find(reader, diskIds[0]), null, null);
        if (SnapshotTable.Find(reader, name) is { } snapshot)
            return new ExportTarget(null, snapshot, null);
        var at = name.LastIndexOf('@');
        return at > 0
            ? ResolveSnapshot(reader, name[..at], name[(at + 1)..])
            : ExportTarget.Unknown($"There is no disk or snapshot \"{name}\".");
    }

    private static ExportTarget ResolveOnlyDisk(CatalogReader reader)
    {
        var ids = reader.Query<string>(
            "SELECT disk_id FROM disks WHERE state <> @state AND deleted_ms IS NULL LIMIT 2",
            new { state = DiskState.ToRecycle });
        return ids.Count switch
        {
            0 => ExportTarget.Unknown("There is no disk yet; create one."),
            1 => new ExportTarget(DiskTable.Find(reader, ids[0]), null, null),
            _ => ExportTarget.Unknown("There are several disks; ask for one by its id or name."),
        };
    }

    private static IReadOnlyList<string> FindDisks(CatalogReader reader, string name) =>
        DiskTable.Find(reader, name) is { } disk ? [disk.DiskId] : DiskTable.FindByName(reader, name, CandidatesMax);

    private static ExportTarget ResolveSnapshot(CatalogReader reader, string diskName, string snapshotName)
    {
        var diskIds = FindDisks(reader, diskName);
        if (diskIds.Count > 1)
            return Ambiguous("disks", diskName, diskIds);
        // Snapshots outlive their disk, and may then be found by its id.
        var diskId = diskIds.Count == 1 ? diskIds[0] : diskName;
        var ids = reader.Query<string>(
            "SELECT snapshot_id FROM snapshots WHERE disk_id = @diskId AND deleted_ms IS NULL AND " +
            "(snapshot_id = @snapshotName OR name = @snapshotName) ORDER BY snapshot_id LIMIT @CandidatesMax",
            new { diskId, snapshotName, CandidatesMax });
        return ids.Count switch
        {
            0 => ExportTarget.Unknown($"There is no snapshot \"{snapshotName}\" of a disk \"{diskName}\"."),
            1 => new ExportTarget(null, SnapshotTable.Find(reader, ids[0]), null),
            _ => Ambiguous("snapshots", snapshotName, ids),
        };
    }

    private static ExportTarget Ambiguous(string what, string name, IReadOnlyList<string> ids) =>
        ExportTarget.Unknown(string.Create(CultureInfo.InvariantCulture,
            $"Several {what} are named \"{name}\": {string.Join(", ", ids)}. Ask for one by its id."));
}
