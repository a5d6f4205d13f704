using Tidemark.Catalog;
using Tidemark.Disks.Accounts;
using Tidemark.Disks.Quotas;
using Tidemark.Disks.Snapshots;

namespace Tidemark.Disks.Copies;

/// <summary>
/// Copies snapshots to other regions of this server: the copy is a name of its own for the same layer, so no data moves
/// and neither depends on the other. It passes through the states that a copy over a network would, one a second.
/// </summary>
public sealed class SnapshotCopies
{
    private const string Action = "CopySnapshotCrossRegions";
    private const int RegionsMax = 50;
    private const int PendingMax = 100;
    private const int PercentHalf = 50;
    private const int PercentDone = 100;

    private readonly DomainParts _parts;

    internal SnapshotCopies(DomainParts parts) => _parts = parts;

    /// <summary>
    /// Copies a snapshot to regions (1 to 50), each for itself: what one region refuses says its row.
    /// </summary>
    /// <param name="snapshotId">A snapshot of a data disk.</param>
    /// <param name="regions">Where to.</param>
    /// <param name="name">The copies' name; <c>Copied SNAPSHOT from REGION</c> when null or empty.</param>
    /// <param name="caller">On whose behalf.</param>
    public IReadOnlyList<CopyResult> Copy(
        string snapshotId, IReadOnlyList<string> regions, string? name, Caller caller)
    {
        var (source, copyName) = _parts.Audited.Run(caller, Action, snapshotId, () =>
        {
            RequestRules.Id(snapshotId, "SnapshotId", Identifiers.SnapshotPrefix);
            if (regions.Count == 0)
                throw new DomainException(ErrorCode.MissingParameter, "DestinationRegions is required.");
            if (regions.Count > RegionsMax)
                throw RequestRules.BadValue("DestinationRegions", "at most 50 regions", regions.Count);
            var found = _parts.Catalog.Read(reader => GetCopyable(reader, snapshotId, caller));
            return (found, NameOf(found, name));
        });
        return [.. regions.Distinct(StringComparer.Ordinal).Select(region => CopyTo(source, region, copyName, caller))];
    }

    /// <summary>Takes each copy that is under way to its next state.</summary>
    /// <returns>Whether more wait than one call takes.</returns>
    public bool Advance()
    {
        var ids = _parts.Catalog.Read(reader => CopyTable.Pending(reader, PendingMax));
        if (ids.Count == 0)
            return false;
        _parts.Commit(rows =>
        {
            foreach (var id in ids)
            {
                if (SnapshotTable.Find(rows.Rows, id) is { } copy)
                    SnapshotTable.Put(rows, Next(copy) with { ModifyTime = _parts.Now });
            }
        });
        return ids.Count == PendingMax;
    }

    private static string NameOf(Snapshot source, string? name) => string.IsNullOrEmpty(name)
        ? $"Copied {source.SnapshotId} from {source.Region}"
        : RequestRules.Name(name, "SnapshotName");

    private static Snapshot Next(Snapshot copy) => copy.SnapshotState switch
    {
        SnapshotState.CopyingFromRemote => copy with
        {
            SnapshotState = SnapshotState.CheckingCopied,
            Percent = PercentHalf,
        },
        SnapshotState.CheckingCopied => copy with { SnapshotState = SnapshotState.Normal, Percent = PercentDone },
        _ => copy,
    };

    // Who shared a snapshot with the caller did not give it away.
    private static Snapshot GetCopyable(CatalogReader reader, string snapshotId, Caller caller)
    {
        var source = SnapshotTable.Get(reader, snapshotId, caller.Scope);
        if (caller.Scope is { } scope && scope.AccountId != source.AccountId)
            throw SnapshotTable.NotFound(snapshotId);
        if (source.DiskUsage != DiskUsage.Data)
        {
            throw new DomainException(ErrorCode.SnapshotNotCopyable,
                $"Snapshot {snapshotId} is of a system disk; only snapshots with usage DATA_DISK are copied.");
        }

        return source.SnapshotState == SnapshotState.Normal
            ? source
            : throw new DomainException(ErrorCode.SnapshotNotSupported,
                $"Snapshot {snapshotId} is {source.SnapshotState}; it can be copied when it is NORMAL.");
    }

    private CopyResult CopyTo(Snapshot source, string region, string name, Caller caller)
    {
        try
        {
            var copyId = _parts.Audited.Run(caller, Action, $"{source.SnapshotId},{region}", () =>
                _parts.Locks.Run([source.DiskId], () => Make(source.SnapshotId, region, name, caller)));
            return new CopyResult(copyId, region, CopyResult.Success, string.Empty);
        }
        catch (DomainException refusal)
        {
            return new CopyResult(string.Empty, region, refusal.Code, refusal.Message);
        }
    }

    private string Make(string sourceId, string region, string name, Caller caller)
    {
        // Read again under the lock: it may have been deleted meanwhile.
        var (source, copyId) = _parts.Catalog.Read(reader => (
            GetCopyable(reader, sourceId, caller),
            _parts.Identifiers.Draw(Identifiers.SnapshotPrefix, id => SnapshotTable.IsTaken(reader, id))));
        var zone = ZoneOf(source, region);
        var home = new Scope(source.AccountId, region);
        _parts.Quotas.CheckSnapshotBytes(home);
        _parts.Engine.AddName(source.LayerId, transaction =>
        {
            var rows = SqlTransaction.Of(transaction);
            _parts.Quotas.CheckSnapshots(rows.Rows, home, 1);
            if (CopyTable.RegionsOf(rows.Rows, [sourceId])[sourceId].Contains(region))
            {
                throw new DomainException(ErrorCode.CopyConflict,
                    $"Snapshot {sourceId} is being copied to {region} already; wait until that is done.");
            }

            SnapshotTable.Put(rows, CopyOf(source, new Scope(source.AccountId, region), zone) with
            {
                SnapshotId = copyId,
                SnapshotName = name,
            });
            _parts.Events.Add(rows, caller, Action, $"{sourceId},{region},{copyId}");
        });
        return copyId;
    }

    private string ZoneOf(Snapshot source, string region)
    {
        if (region == source.Region)
            throw RequestRules.BadValue("DestinationRegions", "other regions than the snapshot's own", region);
        var zones = _parts.Options.ZonesOf(region);
        return zones.Count > 0
            ? zones[0]
            : throw RequestRules.BadValue(
                "DestinationRegions",
                "regions of this server: " + string.Join(", ", _parts.Options.Regions.Select(known => known.Name)),
                region);
    }

    // A copy has no disk: it cannot be rolled back to, and it does not go with the source's disk.
    private Snapshot CopyOf(Snapshot source, Scope home, string zone) => source with
    {
        DiskId = string.Empty,
        SnapshotState = SnapshotState.CopyingFromRemote,
        Percent = 0,
        AccountId = home.AccountId,
        Region = home.Region,
        Zone = zone,
        Origin = SnapshotOrigin.Copy,
        GroupId = string.Empty,
        PolicyId = string.Empty,
        CopySourceId = source.SnapshotId,
        IsLocked = false,
        CreateTime = _parts.Now,
        ModifyTime = _parts.Now,
        DeadlineTime = null,
        Tags = [],
    };
}
