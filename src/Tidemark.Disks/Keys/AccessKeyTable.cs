using Tidemark.Catalog;
using Tidemark.Catalog.Schema;
using Tidemark.Disks.Accounts;

namespace Tidemark.Disks.Keys;

/// <summary>Keys in the catalog.</summary>
internal static class AccessKeyTable
{
    private const int ListMax = 1000;

    /// <summary>Writes a key's row.</summary>
    public static void Put(SqlTransaction transaction, StoredKey key, byte[] sealedSecret) => transaction.Put(
        CatalogTables.AccessKeys, key.SecretId, sealedSecret, key.Name, key.IsEnabled,
        Timestamps.ToColumn(key.CreateTime), key.AccountId, key.IsReadOnly);

    /// <summary>Removes a key's row.</summary>
    public static void Delete(SqlTransaction transaction, string secretId) =>
        transaction.Delete(CatalogTables.AccessKeys, secretId);

    /// <summary>A key and its sealed secret, or null.</summary>
    public static (StoredKey Key, byte[] SealedSecret)? Find(CatalogReader reader, string secretId)
    {
        var row = reader.First<Row>("SELECT * FROM access_keys WHERE secret_id = @secretId", new { secretId });
        return row is null ? null : (row.ToKey(), row.SealedSecret);
    }

    /// <summary>All keys with their sealed secrets, oldest first.</summary>
    public static IReadOnlyList<(StoredKey Key, byte[] SealedSecret)> All(CatalogReader reader) =>
        [.. reader.Query<Row>("SELECT * FROM access_keys ORDER BY created_ms, secret_id")
            .Select(row => (row.ToKey(), row.SealedSecret))];

    /// <summary>Keys of an account, or of all, oldest first; at most 1,000.</summary>
    public static IReadOnlyList<StoredKey> List(CatalogReader reader, string? accountId) =>
        [.. reader.Query<Row>(
            "SELECT * FROM access_keys WHERE @accountId IS NULL OR account_id = @accountId " +
            "ORDER BY created_ms, secret_id LIMIT @ListMax",
            new { accountId, ListMax }).Select(row => row.ToKey())];

    /// <summary>How many keys an account has.</summary>
    public static long Count(CatalogReader reader, string accountId) => reader.Number(
        "SELECT count(*) FROM access_keys WHERE account_id = @accountId", new { accountId });

    /// <summary>Whether another key than this one could still look after the server.</summary>
    public static bool HasOtherAdministrator(CatalogReader reader, string secretId) => reader.Number(
        "SELECT count(*) FROM access_keys " +
        "WHERE account_id = @account AND is_enabled = 1 AND is_read_only = 0 AND secret_id <> @secretId",
        new { account = Scope.FirstAccountId, secretId }) > 0;

    private sealed class Row
    {
        public string SecretId { get; init; } = string.Empty;

        public byte[] SealedSecret { get; init; } = [];

        public string Name { get; init; } = string.Empty;

        public bool IsEnabled { get; init; }

        public long CreatedMs { get; init; }

        public string AccountId { get; init; } = string.Empty;

        public bool IsReadOnly { get; init; }

        public StoredKey ToKey() => new()
        {
            SecretId = SecretId,
            AccountId = AccountId,
            Name = Name,
            IsEnabled = IsEnabled,
            IsReadOnly = IsReadOnly,
            CreateTime = Timestamps.FromColumn(CreatedMs),
        };
    }
}
