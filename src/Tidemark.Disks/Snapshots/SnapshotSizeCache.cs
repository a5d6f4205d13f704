using System.Collections.Concurrent;
using Tidemark.Catalog;
using Tidemark.Disks.Accounts;
using Tidemark.Engine;

namespace Tidemark.Disks.Snapshots;

/// <summary>
/// How much the snapshots of a disk, or of an account, hold. Whoever lists gets the figure that was measured last, at
/// once; one that is missing, older than a minute, or of other snapshots is measured again in the background. An entry
/// goes with the last snapshot, or an hour after anybody asked for it.
/// </summary>
internal sealed class SnapshotSizeCache(StorageEngine engine, SqlCatalog catalog, TimeProvider time)
{
    // What is asked for beyond this is not measured now, but when it is asked for again.
    private const int WantedMax = 10_000;

    // All names that the account has for them, hidden ones and copies in other regions too: what is copied would be
    // held by nobody otherwise.
    private const string LayersOfScopeSql =
        "SELECT layer_id FROM snapshots WHERE account_id = @AccountId AND layer_id IN " +
        "(SELECT layer_id FROM snapshots WHERE account_id = @AccountId AND region = @Region AND deleted_ms IS NULL) " +
        "ORDER BY layer_id";

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);
    private static readonly SnapshotHolding Nothing = new(0, true, null);
    private static readonly SnapshotHolding Unknown = new(0, false, null);

    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Scope?> _wanted = new(StringComparer.Ordinal);

    /// <summary>What a disk's snapshots were found to hold.</summary>
    public SnapshotHolding Last(string diskId, int snapshotCount)
    {
        if (snapshotCount == 0)
        {
            _entries.TryRemove(diskId, out _);
            return Nothing;
        }

        return Last(diskId, null, new Signature(snapshotCount, 0));
    }

    /// <summary>What the snapshots of an account in a region were found to hold.</summary>
    public SnapshotHolding Last(CatalogReader reader, Scope scope)
    {
        var signature = SignatureOf(reader, scope);
        return signature.Count == 0 ? Nothing : Last(KeyOf(scope), scope, signature);
    }

    /// <summary>The snapshots of an account in a region, counted, and what they were found to hold.</summary>
    public SnapshotOverview Overview(Scope scope) => catalog.Read(reader => new SnapshotOverview(
        (int)SignatureOf(reader, scope).Count, Last(reader, scope)));

    /// <summary>Asks the engine now what the snapshots of an account in a region hold.</summary>
    public SnapshotHolding Measure(Scope scope)
    {
        var (signature, layerIds) = catalog.Read(reader => (
            SignatureOf(reader, scope), reader.Query<long>(LayersOfScopeSql, new { scope.AccountId, scope.Region })));
        return Remember(KeyOf(scope), signature, layerIds);
    }

    /// <summary>Measures one thing that somebody asked for; false when there is none.</summary>
    public bool MeasureNext()
    {
        var (key, scope) = _wanted.FirstOrDefault();
        if (key is null)
            return false;
        // Gone from the list first: whoever asks while it is measured may want a later figure.
        _wanted.TryRemove(key, out _);
        if (scope is not null)
            Measure(scope);
        else
            MeasureDisk(key);
        return true;
    }

    /// <summary>Forgets what nobody has asked for lately.</summary>
    public void ForgetOld()
    {
        foreach (var (key, entry) in _entries)
        {
            if (time.GetUtcNow() - entry.AskedTime > Kept)
                _entries.TryRemove(key, out _);
        }
    }

    private SnapshotHolding Last(string key, Scope? scope, Signature signature)
    {
        var now = time.GetUtcNow();
        var entry = _entries.GetValueOrDefault(key);
        if (entry is not null)
            entry.AskedTime = now;
        var isCurrent = entry is not null && now - entry.Time < Lifetime && entry.Signature == signature;
        if (!isCurrent && (_wanted.Count < WantedMax || _wanted.ContainsKey(key)))
            _wanted[key] = scope;
        return entry is null ? Unknown : new SnapshotHolding(entry.Bytes, isCurrent, entry.Time);
    }

    private void MeasureDisk(string diskId)
    {
        var layerIds = catalog.Read(reader => SnapshotTable.LayersOfDisk(reader, diskId));
        if (layerIds.Count == 0)
            _entries.TryRemove(diskId, out _);
        else
            Remember(diskId, new Signature(layerIds.Count, 0), layerIds);
    }

    private SnapshotHolding Remember(string key, Signature signature, IReadOnlyList<long> layerIds)
    {
        var now = time.GetUtcNow();
        try
        {
            var bytes = layerIds.Count == 0 ? 0 : engine.FreedIfDropped(layerIds, []);
            _entries[key] = new Entry(signature, bytes, now) { AskedTime = now };
            return new SnapshotHolding(bytes, true, now);
        }
        catch (EngineException)
        {
            // A snapshot was deleted meanwhile: the old figure stays, no longer current, and is measured again.
            return _entries.GetValueOrDefault(key) is { } old
                ? new SnapshotHolding(old.Bytes, false, old.Time)
                : Unknown;
        }
    }

    private static Signature SignatureOf(CatalogReader reader, Scope scope) => reader.First<Signature>(
        "SELECT count(*) AS Count, coalesce(sum(layer_id), 0) AS LayerSum FROM snapshots " +
        "WHERE account_id = @AccountId AND region = @Region AND deleted_ms IS NULL",
        new { scope.AccountId, scope.Region }) ?? new Signature(0, 0);

    private static string KeyOf(Scope scope) => $"{scope.AccountId}/{scope.Region}";

    // Which snapshots a figure is of, as far as that can be told without looking at each.
    private sealed record Signature(long Count, long LayerSum);

    private sealed record Entry(Signature Signature, long Bytes, DateTimeOffset Time)
    {
        public DateTimeOffset AskedTime { get; set; }
    }
}
