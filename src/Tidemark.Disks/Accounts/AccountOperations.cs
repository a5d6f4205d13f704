using Tidemark.Catalog;
using Tidemark.Catalog.Schema;

namespace Tidemark.Disks.Accounts;

/// <summary>
/// What can be done with accounts. Only the server's administrators may: the first account's keys that may write.
/// </summary>
public sealed class AccountOperations
{
    private const int AccountsMax = 1000;

    // What an account can own. Rows that wait for their undelete window to end count: they can still come back.
    private static readonly (string Table, string What)[] Owned =
    [
        ("disks", "disks"), ("snapshots", "snapshots"), ("snapshot_groups", "snapshot groups"),
        ("disk_backups", "backup points"), ("policies", "policies"), ("instances", "instances"),
        ("access_keys", "keys"),
    ];

    private readonly DomainParts _parts;
    private readonly Administrators _administrators;

    internal AccountOperations(DomainParts parts, Administrators administrators)
    {
        _parts = parts;
        _administrators = administrators;
    }

    /// <summary>Makes an account without resources and keys.</summary>
    /// <exception cref="DomainException">The caller is no administrator, or there are 1,000 accounts.</exception>
    public Account Create(string? name, Caller caller) =>
        _parts.Audited.Run(caller, "CreateAccount", name ?? string.Empty, () =>
        {
            _administrators.Require(caller);
            if (string.IsNullOrEmpty(name))
                throw new DomainException(ErrorCode.MissingParameter, "AccountName is required.");
            var checkedName = RequestRules.Name(name, "AccountName");
            Account? account = null;
            _parts.Commit(transaction =>
            {
                if (transaction.Rows.Number("SELECT count(*) FROM accounts") >= AccountsMax)
                {
                    throw new DomainException(
                        ErrorCode.OverQuota, $"There are {AccountsMax} accounts, the most that one server keeps.");
                }

                account = new Account(Draw(transaction.Rows), checkedName, _parts.Now, 0);
                transaction.Put(
                    CatalogTables.Accounts, account.AccountId, account.Name, Timestamps.ToColumn(account.CreateTime));
                _parts.Events.Add(transaction, caller, "CreateAccount", account.AccountId);
            });
            return account ?? throw new InvalidOperationException("A commit that returns has made the account.");
        });

    /// <summary>All accounts, oldest first; at most 1,000.</summary>
    /// <exception cref="DomainException">The caller is no administrator.</exception>
    public IReadOnlyList<Account> List(Caller caller)
    {
        _administrators.Require(caller);
        const string sql =
            "SELECT account_id, name, created_ms, " +
            "(SELECT count(*) FROM access_keys WHERE access_keys.account_id = accounts.account_id) AS key_count " +
            "FROM accounts ORDER BY created_ms, account_id LIMIT @AccountsMax";
        return [.. _parts.Catalog.Read(reader => reader.Query<Row>(sql, new { AccountsMax })).Select(row =>
            new Account(row.AccountId, row.Name, Timestamps.FromColumn(row.CreatedMs), (int)row.KeyCount))];
    }

    /// <summary>Whether there is such an account.</summary>
    public bool Exists(string accountId) => _parts.Catalog.Read(reader => Exists(reader, accountId));

    /// <summary>Removes an account that owns nothing any more.</summary>
    /// <exception cref="DomainException">
    /// The caller is no administrator, there is no such account, it is the first one, or it still owns something.
    /// </exception>
    public void Delete(string accountId, Caller caller) =>
        _parts.Audited.Run(caller, "DeleteAccount", accountId, () =>
        {
            _administrators.Require(caller);
            if (accountId == Scope.FirstAccountId)
            {
                throw new DomainException(
                    ErrorCode.Unsupported, $"{accountId} is the server's own account, which stays.");
            }

            _parts.Commit(transaction =>
            {
                if (!Exists(transaction.Rows, accountId))
                    throw NotFound(accountId);
                RequireEmpty(transaction.Rows, accountId);
                var shared = transaction.Rows.Query<string>(
                    "SELECT snapshot_id FROM snapshot_shares WHERE account_id = @accountId", new { accountId });
                foreach (var snapshotId in shared)
                    transaction.Delete(CatalogTables.SnapshotShares, snapshotId, accountId);
                transaction.Delete(CatalogTables.Quotas, accountId);
                transaction.Delete(CatalogTables.Accounts, accountId);
                _parts.Events.Add(transaction, caller, "DeleteAccount", accountId);
            });
            return true;
        });

    /// <summary>Whether there is such an account.</summary>
    internal static bool Exists(CatalogReader reader, string accountId) => reader.Number(
        "SELECT count(*) FROM accounts WHERE account_id = @accountId", new { accountId }) > 0;

    /// <summary>The refusal of an unknown account.</summary>
    internal static DomainException NotFound(string accountId) =>
        new(ErrorCode.ResourceNotFound, $"There is no account {accountId}.");

    private static void RequireEmpty(CatalogReader reader, string accountId)
    {
        var left = new List<string>();
        foreach (var (table, what) in Owned)
        {
            var count = reader.Number(
                $"SELECT count(*) FROM {table} WHERE account_id = @accountId", new { accountId });
            if (count > 0)
                left.Add($"{count} {what}");
        }

        if (left.Count > 0)
        {
            throw new DomainException(
                ErrorCode.WrongState,
                $"Account {accountId} still has {string.Join(", ", left)}; delete those first.");
        }
    }

    private string Draw(CatalogReader reader)
    {
        string accountId;
        do
        {
            accountId = _parts.Identifiers.AccountId();
        }
        while (Exists(reader, accountId));
        return accountId;
    }

    private sealed class Row
    {
        public string AccountId { get; init; } = string.Empty;

        public string Name { get; init; } = string.Empty;

        public long CreatedMs { get; init; }

        public long KeyCount { get; init; }
    }
}
