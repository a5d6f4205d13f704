using System.Globalization;
using Tidemark.Catalog;
using Tidemark.Catalog.Schema;
using Tidemark.Disks.Accounts;
using Tidemark.Disks.Events;
using Tidemark.Disks.Snapshots;

namespace Tidemark.Disks.Quotas;

/// <summary>
/// How much an account may have in a region: the server's limits, unless a row of the catalog says otherwise. A check
/// is exact inside the transaction that adds something: nothing that waits to be undone is forgotten, and what was
/// deleted does not count.
/// </summary>
public sealed class AccountQuotas
{
    /// <summary>More labels than this no resource has, whatever the quota.</summary>
    public const int TagsMax = 50;

    private readonly SqlCatalog _catalog;
    private readonly DomainOptions _options;
    private readonly EventLog _events;
    private readonly SnapshotSizeCache _sizes;

    internal AccountQuotas(SqlCatalog catalog, DomainOptions options, EventLog events, SnapshotSizeCache sizes)
    {
        _catalog = catalog;
        _options = options;
        _events = events;
        _sizes = sizes;
    }

    /// <summary>All quotas of an account in a region.</summary>
    /// <exception cref="DomainException">The account or region is not known, or is not the caller's.</exception>
    public IReadOnlyList<QuotaFigure> List(Scope scope, Caller caller)
    {
        if (scope.AccountId != _options.HomeOf(caller).AccountId)
            RequireFirstAccount(caller);
        RequireKnown(scope);
        return _catalog.Read(reader => QuotaName.All.Select(name => Figure(reader, name, scope)).ToList());
    }

    /// <summary>One quota.</summary>
    /// <exception cref="DomainException">There is none of this name.</exception>
    public QuotaFigure Find(string name, Scope scope)
    {
        RequestRules.Choice(name, "QuotaName", QuotaName.All, string.Empty);
        return _catalog.Read(reader => Figure(reader, name, scope));
    }

    /// <summary>
    /// Sets a limit, or goes back to the server's when it is null. What is already there stays, above the limit too.
    /// </summary>
    /// <param name="name">One of <see cref="QuotaName"/>.</param>
    /// <param name="limit">
    /// 0 or more; <see cref="QuotaFigure.Unlimited"/> for no limit; at most 50 for labels.
    /// </param>
    /// <param name="scope">Whose.</param>
    /// <param name="caller">On whose behalf: the first account, or the server.</param>
    /// <exception cref="DomainException">The name, limit, account or region is not known, or not to be set.</exception>
    public void Set(string name, long? limit, Scope scope, Caller caller)
    {
        RequireFirstAccount(caller);
        RequestRules.Choice(name, "QuotaName", QuotaName.All, string.Empty);
        if (limit is not null && limit != QuotaFigure.Unlimited)
            RequestRules.Number(limit, "QuotaLimit", 0, name == QuotaName.Tags ? TagsMax : long.MaxValue, 0);
        if (limit == QuotaFigure.Unlimited && name == QuotaName.Tags)
            throw RequestRules.BadValue("QuotaLimit", "0 to 50 for labels", "unlimited");
        RequireKnown(scope);
        _catalog.Commit(transaction =>
        {
            var rows = SqlTransaction.Of(transaction);
            if (limit is null)
                rows.Delete(CatalogTables.Quotas, scope.AccountId, scope.Region, name);
            else
                rows.Put(CatalogTables.Quotas, scope.AccountId, scope.Region, name, limit);
            _events.Add(rows, caller, "ModifyQuota", $"{scope.AccountId}/{scope.Region}/{name}");
        });
    }

    /// <summary>Refuses when so many more snapshots are too many.</summary>
    internal void CheckSnapshots(CatalogReader reader, Scope scope, int addedCount) => Check(
        Figure(reader, QuotaName.Snapshots, scope), addedCount, ErrorCode.SnapshotQuota,
        "Delete snapshots that are no longer needed.");

    /// <summary>Refuses when so many more disks are too many.</summary>
    internal void CheckDisks(CatalogReader reader, Scope scope, int addedCount) => Check(
        Figure(reader, QuotaName.Disks, scope), addedCount, ErrorCode.TooManyValues,
        "Terminate disks that are no longer needed.");

    /// <summary>Refuses when so many more policies are too many.</summary>
    internal void CheckPolicies(CatalogReader reader, Scope scope, int addedCount) => Check(
        Figure(reader, QuotaName.Policies, scope), addedCount, ErrorCode.PolicyQuota,
        "Delete policies that are no longer needed.");

    /// <summary>Labels that a resource may have.</summary>
    internal int TagsOf(CatalogReader reader, Scope scope) =>
        (int)Math.Min(LimitOf(reader, QuotaName.Tags, scope).Limit, TagsMax);

    /// <summary>Refuses when a resource may not have so many labels.</summary>
    internal void CheckTags(CatalogReader reader, Scope scope, int count)
    {
        if (TagsOf(reader, scope) is var most && count > most)
        {
            throw new DomainException(ErrorCode.TagQuota, string.Create(CultureInfo.InvariantCulture,
                $"{count} labels were given; a resource may have {most}."));
        }
    }

    /// <summary>
    /// Refuses when snapshots already keep as much as they may. Asks the engine, unless there is no limit.
    /// </summary>
    internal void CheckSnapshotBytes(Scope scope)
    {
        var limit = _catalog.Read(reader => LimitOf(reader, QuotaName.SnapshotBytes, scope)).Limit;
        if (limit == QuotaFigure.Unlimited)
            return;
        var used = _sizes.Measure(scope).Bytes;
        if (used >= limit)
        {
            throw new DomainException(ErrorCode.SnapshotQuota, string.Create(CultureInfo.InvariantCulture,
                $"Snapshots of account {scope.AccountId} hold {used} of {limit} bytes in {scope.Region}. ") +
                "Delete snapshots that are no longer needed.");
        }
    }

    private static void RequireFirstAccount(Caller caller)
    {
        if (caller.Scope is { } own && own.AccountId != Scope.FirstAccountId)
        {
            throw new DomainException(ErrorCode.Unauthorized,
                "The first account sets the quotas and sees those of all; other accounts see their own.");
        }
    }

    private static void Check(QuotaFigure figure, int addedCount, string code, string advice)
    {
        if (addedCount <= figure.Limit - figure.Used)
            return;
        throw new DomainException(code, string.Create(CultureInfo.InvariantCulture,
            $"{figure.Used} of {figure.Limit} {figure.Name} are used; {addedCount} more do not fit. ") + advice);
    }

    private QuotaFigure Figure(CatalogReader reader, string name, Scope scope)
    {
        var (limit, isDefault) = LimitOf(reader, name, scope);
        var used = name switch
        {
            QuotaName.Disks => Count(reader, "disks", scope, hasDeleted: true),
            QuotaName.Snapshots => Count(reader, "snapshots", scope, hasDeleted: true),
            QuotaName.Policies => Count(reader, "policies", scope, hasDeleted: false),
            QuotaName.SnapshotBytes => _sizes.Last(reader, scope).Bytes,
            _ => 0,
        };
        return new QuotaFigure(name, used, limit, isDefault);
    }

    private (long Limit, bool IsDefault) LimitOf(CatalogReader reader, string name, Scope scope)
    {
        var set = reader.Query<long>(
            "SELECT quota_limit FROM quotas WHERE account_id = @AccountId AND region = @Region AND quota_name = @name",
            new { scope.AccountId, scope.Region, name });
        return set.Count > 0 ? (set[0], false) : (DefaultOf(reader, name, scope), true);
    }

    private long DefaultOf(CatalogReader reader, string name, Scope scope) => name switch
    {
        QuotaName.Disks => _options.DiskQuota,
        QuotaName.Snapshots => _options.SnapshotQuotaBase
            + (_options.SnapshotQuotaPerDisk * Count(reader, "disks", scope, hasDeleted: true)),
        QuotaName.SnapshotBytes => _options.SnapshotBytesMax,
        QuotaName.Policies => _options.PolicyQuota,
        _ => TagsMax,
    };

    private static long Count(CatalogReader reader, string table, Scope scope, bool hasDeleted) => reader.Number(
        $"SELECT count(*) FROM {table} WHERE account_id = @AccountId AND region = @Region" +
        (hasDeleted ? " AND deleted_ms IS NULL" : string.Empty),
        new { scope.AccountId, scope.Region });

    private void RequireKnown(Scope scope)
    {
        if (_options.ZonesOf(scope.Region).Count == 0)
        {
            var known = _options.Regions.Select(region => region.Name);
            throw RequestRules.BadValue("QuotaRegion", "one of " + string.Join(", ", known), scope.Region);
        }

        var count = _catalog.Read(reader => reader.Number(
            "SELECT count(*) FROM accounts WHERE account_id = @AccountId", new { scope.AccountId }));
        if (count == 0)
            throw new DomainException(ErrorCode.ResourceNotFound, $"There is no account {scope.AccountId}.");
    }
}
