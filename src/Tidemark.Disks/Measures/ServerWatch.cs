using Tidemark.Engine;
using Tidemark.Engine.Stores;

namespace Tidemark.Disks.Measures;

/// <summary>
/// What the outside may know of a server: figures, and whether it can do its work. Asking costs writers nothing, waits
/// for no I/O on the store and walks no index; while background work is running, its figures are those of last time.
/// </summary>
public sealed class ServerWatch
{
    /// <summary>Below this, a writer cannot count on space any more: the log takes it in steps of 1 MiB.</summary>
    public const long FullBelowBytes = 4 << 20;

    private const int NamedDisksMax = 10;
    private static readonly TimeSpan FreshTime = TimeSpan.FromSeconds(5);

    private readonly DomainParts _parts;
    private readonly Func<Exports.DiskExports> _exports;
    private readonly Lock _collecting = new(); // held by whoever collects; nobody waits for it
    private volatile EngineFigures? _last;
    private long _lastTimestamp;
    private volatile string? _pause;

    internal ServerWatch(DomainParts parts, Func<Exports.DiskExports> exports)
    {
        _parts = parts;
        _exports = exports;
    }

    /// <summary>How long inner work takes.</summary>
    public ServerMeasures Measures => _parts.Options.Measures;

    /// <summary>
    /// Says that the server is not, or no longer, meant to be used, in words for people; null when it is.
    /// </summary>
    public void Announce(string? pause) => _pause = pause;

    /// <summary>Why the server cannot do all its work, in words for people; empty when it can.</summary>
    public IReadOnlyList<string> Problems()
    {
        var problems = new List<string>();
        if (_pause is { } pause)
            problems.Add(pause);
        AddStoreProblems(problems);
        if (Measures.CommitProblem is { } commit)
            problems.Add($"The catalog does not commit: {commit}");
        var faulted = _parts.Engine.FaultedDiskIds;
        if (faulted.Count > 0)
        {
            var more = faulted.Count > NamedDisksMax ? $" and {faulted.Count - NamedDisksMax} more" : "";
            problems.Add($"Stopped by a device error: {string.Join(", ", faulted.Take(NamedDisksMax))}{more}. " +
                "Check the device, then let a client connect anew.");
        }

        return problems;
    }

    /// <summary>The figures of now, of at most <paramref name="disksMax"/> disks.</summary>
    public ServerStatus Status(int disksMax)
    {
        var engine = EngineNow();
        var (names, snapshots) = _parts.Catalog.Read(reader => (
            reader.Query<NameRow>("SELECT disk_id, name FROM disks WHERE deleted_ms IS NULL"),
            reader.Query<CountRow>(
                "SELECT disk_id, count(*) AS snapshot_count FROM snapshots WHERE deleted_ms IS NULL " +
                "GROUP BY disk_id")));
        var nameOf = names.ToDictionary(row => row.DiskId, row => row.Name, StringComparer.Ordinal);
        var countOf = snapshots.ToDictionary(row => row.DiskId, row => (int)row.SnapshotCount, StringComparer.Ordinal);

        // A disk whose removal was decided is the engine's alone for a moment: it has no name any more.
        var disks = engine.Disks.Where(disk => nameOf.ContainsKey(disk.DiskId)).Take(disksMax).Select(disk =>
            new DiskStatus(
                disk, nameOf[disk.DiskId], countOf.GetValueOrDefault(disk.DiskId),
                _exports().FiguresOf(disk.DiskId)));
        return new ServerStatus(
            engine, [.. disks], nameOf.Count, countOf.Values.Sum(), _exports().SnapshotCounters.Sum());
    }

    /// <summary>Collects figures if the last ones are old; for the thread that steps, between steps.</summary>
    internal void Refresh()
    {
        if (_parts.Options.Time.GetElapsedTime(Volatile.Read(ref _lastTimestamp)) >= FreshTime)
            TryCollect();
    }

    private EngineFigures EngineNow()
    {
        TryCollect();
        return _last ?? throw new DomainException(
            ErrorCode.Busy, "The first background work since the start is still running; ask again soon.");
    }

    private void TryCollect()
    {
        if (!_collecting.TryEnter())
            return;
        try
        {
            if (_parts.Engine.TryCollectFigures() is { } figures)
            {
                _last = figures;
                Volatile.Write(ref _lastTimestamp, _parts.Options.Time.GetTimestamp());
            }
        }
        catch (StoreException)
        {
            // A store that does not answer is one of the problems that are told; the figures are those of last time.
        }
        finally
        {
            _collecting.Exit();
        }
    }

    private void AddStoreProblems(List<string> problems)
    {
        try
        {
            var freeBytes = _parts.Engine.FreeBytes;
            if (_parts.Engine.IsFull || freeBytes < FullBelowBytes)
            {
                problems.Add($"The store is full: {freeBytes} bytes are free, and writes wait until there is more. " +
                    "Delete snapshots or disks, or make room on its file system.");
            }
        }
        catch (StoreException failure)
        {
            problems.Add($"The store does not answer: {failure.Message}");
        }
    }

    private sealed class NameRow
    {
        public string DiskId { get; init; } = string.Empty;

        public string Name { get; init; } = string.Empty;
    }

    private sealed class CountRow
    {
        public string DiskId { get; init; } = string.Empty;

        public long SnapshotCount { get; init; }
    }
}
