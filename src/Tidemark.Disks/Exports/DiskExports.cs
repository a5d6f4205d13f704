using System.Collections.Concurrent;
using System.Globalization;
using Tidemark.Disks.Snapshots;
using Tidemark.Engine;
using Tidemark.Nbd;

namespace Tidemark.Disks.Exports;

/// <summary>
/// What an NBD server serves: disks by id or unique name (the empty name means the only disk), snapshots as
/// <c>DISK@SNAPSHOT</c> or by id. Lists disks only.
/// </summary>
public sealed class DiskExports : ExportCatalog
{
    private static readonly ExportFigures NothingDone = new();

    // Held while a faulted disk is opened anew, so that it happens once.
    private readonly Lock _reopenLock = new();
    private readonly DomainParts _parts;
    private readonly ConcurrentDictionary<string, ExportCounters> _counters = new(StringComparer.Ordinal);

    internal DiskExports(DomainParts parts)
    {
        _parts = parts;
        Gates = new WriteGates(parts.Options.Time);
    }

    /// <summary>Where writes wait while their disk is suspended.</summary>
    internal WriteGates Gates { get; }

    /// <summary>Whether anybody writes.</summary>
    internal WriteActivity Activity { get; } = new();

    /// <summary>What clients of all snapshots together did.</summary>
    internal ExportCounters SnapshotCounters { get; } = new();

    /// <inheritdoc/>
    public override Export? Open(string name, ClientIdentity client, out NbdOpenRefusal? refusal)
    {
        try
        {
            var target = _parts.Catalog.Read(reader => ExportNames.Resolve(reader, name));
            if (target.Disk is { } disk)
                return OpenDisk(disk, out refusal);
            if (target.Snapshot is { } snapshot)
                return OpenSnapshot(snapshot, out refusal);
            refusal = new NbdOpenRefusal(NbdRefusalKind.Unknown, target.Problem ?? "There is no such export.");
            return null;
        }
        catch (EngineException problem)
        {
            _parts.Options.Log?.Invoke(new EngineMessage(true,
                $"Export \"{name}\" for {client.Address} could not be opened: {problem.Message}"));
            refusal = new NbdOpenRefusal(NbdRefusalKind.Policy, problem.Message);
            return null;
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ExportListing> List(ClientIdentity client, int countMax)
    {
        var rows = _parts.Catalog.Read(reader => reader.Query<Row>(
            "SELECT disk_id, name, size_gib FROM disks WHERE state <> @state AND deleted_ms IS NULL " +
            "ORDER BY name, disk_id LIMIT @countMax",
            new { state = DiskState.ToRecycle, countMax }));
        return [.. rows.Select(row => new ExportListing(row.DiskId, Describe(row.Name, row.SizeGib)))];
    }

    /// <summary>What clients of a disk did since the server started.</summary>
    internal ExportFigures FiguresOf(string diskId) =>
        _counters.TryGetValue(diskId, out var counters) ? counters.Sum() : NothingDone;

    /// <summary>Forgets what was counted for disks that are gone.</summary>
    internal void ForgetGone()
    {
        var present = _parts.Engine.DiskIds.ToHashSet(StringComparer.Ordinal);
        Gates.Forget(present.Contains);
        foreach (var (diskId, counters) in _counters)
        {
            if (!present.Contains(diskId) && counters.ClientCount == 0)
                _counters.TryRemove(diskId, out _);
        }
    }

    private DiskExport? OpenDisk(Disk disk, out NbdOpenRefusal? refusal)
    {
        refusal = RefusalOf(disk, disk.DiskId);
        if (refusal is not null)
            return null;
        if (!_parts.Clients.TryEnter(disk.DiskId))
        {
            refusal = Changing(disk.DiskId);
            return null;
        }

        DiskExport? export = null;
        try
        {
            // Read again: until now, a termination or a rollback may have begun and ended.
            var entered = _parts.Catalog.Read(reader => DiskTable.Find(reader, disk.DiskId));
            refusal = RefusalOf(entered, disk.DiskId);
            if (refusal is null)
                export = OpenEntered(entered ?? disk);
            return export;
        }
        finally
        {
            if (export is null)
                _parts.Clients.Leave(disk.DiskId);
        }
    }

    private DiskExport OpenEntered(Disk disk) => new(
        _parts, OpenSound(disk.DiskId), Describe(disk.DiskName, disk.DiskSizeGiB), this,
        _counters.GetOrAdd(disk.DiskId, _ => new ExportCounters()));

    // Null when clients may use the disk.
    private static NbdOpenRefusal? RefusalOf(Disk? disk, string diskId) => disk?.DiskState switch
    {
        null => new NbdOpenRefusal(NbdRefusalKind.Unknown, $"There is no disk {diskId} any more."),
        DiskState.ToRecycle => new NbdOpenRefusal(NbdRefusalKind.Policy, $"Disk {diskId} is in the recycle bin."),
        DiskState.RollingBack => Changing(diskId),
        _ => null,
    };

    private static NbdOpenRefusal Changing(string diskId) => new(
        NbdRefusalKind.Policy, $"Disk {diskId} is being rolled back or terminated; try again soon.");

    // A disk that is faulted after a device error starts anew with its first client; others still see the error until
    // they leave.
    private EngineDisk OpenSound(string diskId)
    {
        var disk = _parts.Engine.OpenDisk(diskId);
        if (!disk.IsFaulted)
            return disk;
        lock (_reopenLock)
        {
            if (_parts.Engine.OpenDisk(diskId).IsFaulted && _parts.Clients.Count(diskId) == 1)
            {
                _parts.Options.Log?.Invoke(new EngineMessage(true,
                    $"Disk {diskId} was faulted after a device error and is opened anew; check the device."));
                _parts.Engine.CloseDisk(diskId);
            }

            return _parts.Engine.OpenDisk(diskId);
        }
    }

    private SnapshotExport OpenSnapshot(Snapshot snapshot, out NbdOpenRefusal? refusal)
    {
        refusal = null;
        return new SnapshotExport(_parts, snapshot, _parts.Engine.OpenView(snapshot.LayerId), SnapshotCounters);
    }

    private static string Describe(string name, long sizeGiB) =>
        string.Create(CultureInfo.InvariantCulture, $"{name}, {sizeGiB} GiB");

    private sealed class Row
    {
        public string DiskId { get; init; } = string.Empty;

        public string Name { get; init; } = string.Empty;

        public long SizeGib { get; init; }
    }
}
