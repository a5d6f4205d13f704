using System.Globalization;
using Tidemark.Catalog;
using Tidemark.Disks.Accounts;
using Tidemark.Disks.Snapshots;

namespace Tidemark.Disks.Sharing;

/// <summary>
/// Lets other accounts of this server make disks from snapshots. Only who owns a snapshot can share it, and only
/// snapshots of data disks.
/// </summary>
public sealed class SnapshotSharing
{
    private const string Action = "ModifySnapshotsSharePermission";
    private const int SnapshotsMax = 100;
    private const int AccountsMax = 50;
    private const int AccountIdLength = 12;

    private readonly DomainParts _parts;

    internal SnapshotSharing(DomainParts parts) => _parts = parts;

    /// <summary>Shares snapshots (1 to 100) with accounts, at most 50 for each snapshot; all or nothing.</summary>
    public void Share(IReadOnlyList<string> snapshotIds, IReadOnlyList<string> accountIds, Caller caller) =>
        Change(snapshotIds, caller, rows =>
        {
            if (accountIds.Count == 0)
                throw new DomainException(ErrorCode.MissingParameter, "AccountIds is required: at least one account.");
            foreach (var accountId in Distinct(accountIds))
                RequireAccount(rows.Rows, accountId);
            return snapshot => Add(rows, snapshot, Distinct(accountIds));
        });

    /// <summary>
    /// Ends the sharing of snapshots with accounts; those that it is not shared with are passed over, and an empty list
    /// changes nothing.
    /// </summary>
    public void Cancel(IReadOnlyList<string> snapshotIds, IReadOnlyList<string> accountIds, Caller caller) =>
        Change(snapshotIds, caller, rows => snapshot =>
        {
            foreach (var accountId in Distinct(accountIds))
                ShareTable.Delete(rows, snapshot.SnapshotId, accountId);
        });

    /// <summary>With whom a snapshot is shared, the longest first.</summary>
    public IReadOnlyList<SharePermission> List(string snapshotId, Scope? scope = null)
    {
        RequestRules.Id(snapshotId, "SnapshotId", Identifiers.SnapshotPrefix);
        return _parts.Catalog.Read(reader =>
            ShareTable.List(reader, SnapshotTable.Get(reader, snapshotId, scope).SnapshotId));
    }

    private void Change(
        IReadOnlyList<string> snapshotIds, Caller caller, Func<SqlTransaction, Action<Snapshot>> prepare) =>
        _parts.Audited.Run(caller, Action, string.Join(',', snapshotIds), () =>
        {
            var ids = RequestRules.Ids(snapshotIds, "SnapshotIds", Identifiers.SnapshotPrefix, SnapshotsMax);
            var diskIds = Load(ids, caller).Select(snapshot => snapshot.DiskId).Distinct();
            return _parts.Locks.Run(diskIds, () =>
            {
                _parts.Commit(rows =>
                {
                    var change = prepare(rows);
                    foreach (var id in ids)
                        change(RequireOwn(SnapshotTable.Get(rows.Rows, id, caller.Scope), caller));
                    _parts.Events.Add(rows, caller, Action, string.Join(',', ids));
                });
                return true;
            });
        });

    private List<Snapshot> Load(IReadOnlyList<string> ids, Caller caller) =>
        _parts.Catalog.Read(reader => ids.Select(id => SnapshotTable.Get(reader, id, caller.Scope)).ToList());

    private void Add(SqlTransaction rows, Snapshot snapshot, IReadOnlyList<string> accountIds)
    {
        if (snapshot.DiskUsage != DiskUsage.Data || snapshot.SnapshotState != SnapshotState.Normal)
        {
            throw new DomainException(ErrorCode.SnapshotNotSupported,
                $"Snapshot {snapshot.SnapshotId} is {snapshot.SnapshotState}, of a {snapshot.DiskUsage}; only NORMAL " +
                "snapshots of a DATA_DISK are shared.");
        }

        if (accountIds.Contains(snapshot.AccountId))
        {
            throw new DomainException(ErrorCode.InvalidParameter,
                $"Snapshot {snapshot.SnapshotId} is of account {snapshot.AccountId} itself; name other accounts.");
        }

        var known = ShareTable.List(rows.Rows, snapshot.SnapshotId).Select(share => share.AccountId).ToHashSet();
        var added = accountIds.Where(accountId => !known.Contains(accountId)).ToList();
        if (known.Count + added.Count > AccountsMax)
        {
            throw new DomainException(ErrorCode.OverQuota, string.Create(CultureInfo.InvariantCulture,
                $"Snapshot {snapshot.SnapshotId} is shared with {known.Count} of {AccountsMax} accounts; ") +
                $"{added.Count} more do not fit.");
        }

        foreach (var accountId in added)
            ShareTable.Put(rows, snapshot.SnapshotId, new SharePermission(accountId, _parts.Now));
    }

    // What others share with the caller can be seen, but is not the caller's to share.
    private static Snapshot RequireOwn(Snapshot snapshot, Caller caller) =>
        caller.Scope is null || caller.Scope.AccountId == snapshot.AccountId
            ? snapshot
            : throw SnapshotTable.NotFound(snapshot.SnapshotId);

    private static IReadOnlyList<string> Distinct(IReadOnlyList<string> accountIds)
    {
        if (accountIds.Count > AccountsMax)
            throw RequestRules.BadValue("AccountIds", "at most 50 accounts", accountIds.Count);
        foreach (var accountId in accountIds)
        {
            if (accountId.Length != AccountIdLength || !accountId.All(char.IsAsciiDigit))
                throw RequestRules.BadValue("AccountIds", "account ids of twelve digits", accountId);
        }

        return [.. accountIds.Distinct(StringComparer.Ordinal)];
    }

    private static void RequireAccount(CatalogReader reader, string accountId)
    {
        if (reader.Number("SELECT count(*) FROM accounts WHERE account_id = @accountId", new { accountId }) == 0)
            throw RequestRules.BadValue("AccountIds", "accounts of this server", accountId);
    }
}
