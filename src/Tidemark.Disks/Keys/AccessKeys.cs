using System.Collections.Concurrent;
using Tidemark.Catalog;
using Tidemark.Catalog.Schema;
using Tidemark.Disks.Accounts;
using Tidemark.Disks.Events;
using Tidemark.Engine;

namespace Tidemark.Disks.Keys;

/// <summary>The key pairs that sign requests. Secrets are kept sealed with the master key.</summary>
public sealed class AccessKeys
{
    private const string DrawnPrefix = "AKID";
    private const int DrawnLength = 32;
    private const int GivenLengthMax = 128;
    private const string FirstName = "first";

    private readonly SqlCatalog _catalog;
    private readonly DomainOptions _options;
    private readonly Identifiers _identifiers;
    private readonly EventLog _events;
    private readonly ConcurrentDictionary<string, KeyEntry> _keys = new(StringComparer.Ordinal);

    internal AccessKeys(SqlCatalog catalog, DomainOptions options, Identifiers identifiers, EventLog events)
    {
        _catalog = catalog;
        _options = options;
        _identifiers = identifiers;
        _events = events;
        foreach (var row in _catalog.Read(LoadRows))
            OpenRow(row);
    }

    /// <summary>The secret of a key that is known and enabled, or null. Answered from memory.</summary>
    public string? FindSecretKey(string secretId) => _keys.GetValueOrDefault(secretId)?.SecretKey;

    /// <summary>
    /// Whose key it is and what it may do, or null when it is unknown or disabled. Answered from memory.
    /// </summary>
    public KeyEntry? Find(string secretId) => _keys.GetValueOrDefault(secretId);

    /// <summary>
    /// Makes sure that there is a key: adds the given pair when it is unknown (or has another secret), or draws one
    /// when no key can be used and none is given.
    /// </summary>
    /// <returns>The given pair, the drawn pair, or the oldest one.</returns>
    public AccessKey EnsureFirst(AccessKey? given)
    {
        if (given is not null)
        {
            Check(given);
            return FindSecretKey(given.SecretId) == given.SecretKey
                ? given
                : Store(given, FirstName, Caller.Server);
        }

        foreach (var row in _catalog.Read(LoadRows))
        {
            if (FindSecretKey(row.SecretId) is { } secret)
                return new AccessKey(row.SecretId, secret);
        }

        return Create(FirstName, Caller.Server);
    }

    /// <summary>Draws and stores another pair.</summary>
    public AccessKey Create(string name, Caller caller) => Store(
        new AccessKey(DrawnPrefix + _identifiers.Letters(DrawnLength), _identifiers.Letters(DrawnLength)),
        name,
        caller);

    private AccessKey Store(AccessKey key, string name, Caller caller)
    {
        var envelope = _options.MasterKey.Seal(key.SecretKey, key.SecretId, _options.Random);
        var now = _options.Time.GetUtcNow().ToUnixTimeMilliseconds();
        _catalog.Commit(transaction =>
        {
            var rows = SqlTransaction.Of(transaction);
            rows.Put(
                CatalogTables.AccessKeys, key.SecretId, envelope, name, true, now, Scope.FirstAccountId, false);
            _events.Add(rows, caller, "CreateAccessKey", key.SecretId);
        });
        _keys[key.SecretId] = new KeyEntry(key.SecretKey, Scope.FirstAccountId, IsReadOnly: false);
        return key;
    }

    private void OpenRow(Row row)
    {
        if (!row.IsEnabled)
            return;
        if (_options.MasterKey.Open(row.SealedSecret, row.SecretId) is { } secret)
        {
            _keys[row.SecretId] = new KeyEntry(secret, row.AccountId, row.IsReadOnly);
            return;
        }

        _options.Log?.Invoke(new EngineMessage(true,
            $"Key {row.SecretId} cannot be opened with this master key and is not accepted. Restore the master key, " +
            "or make a new key."));
    }

    private static IReadOnlyList<Row> LoadRows(CatalogReader reader) =>
        reader.Query<Row>("SELECT * FROM access_keys ORDER BY created_ms, secret_id");

    private static void Check(AccessKey key)
    {
        if (!IsPlain(key.SecretId) || !IsPlain(key.SecretKey))
        {
            throw new DomainException(ErrorCode.InvalidParameterValue,
                "A given secret id and secret key must be 1 to 128 printable ASCII characters without spaces.");
        }
    }

    private static bool IsPlain(string text) =>
        text.Length is > 0 and <= GivenLengthMax && !text.AsSpan().ContainsAnyExceptInRange('!', '~');

    private sealed class Row
    {
        public string SecretId { get; init; } = string.Empty;

        public byte[] SealedSecret { get; init; } = [];

        public bool IsEnabled { get; init; }

        public string AccountId { get; init; } = string.Empty;

        public bool IsReadOnly { get; init; }
    }
}
