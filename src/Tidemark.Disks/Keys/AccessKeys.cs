using System.Collections.Concurrent;
using Tidemark.Catalog;
using Tidemark.Disks.Accounts;
using Tidemark.Engine;

namespace Tidemark.Disks.Keys;

/// <summary>
/// The key pairs that sign requests. Secrets are kept sealed with the master key. Keys that can be used are also held
/// open in memory, so that checking a signature reads nothing.
/// </summary>
public sealed class AccessKeys
{
    private const string DrawnPrefix = "AKID";
    private const int DrawnLength = 32;
    private const int GivenLengthMax = 128;
    private const int AccountKeysMax = 100;
    private const string FirstName = "first";

    private readonly DomainParts _parts;
    private readonly ConcurrentDictionary<string, KeyEntry> _keys = new(StringComparer.Ordinal);

    // One change of keys at a time, its commit included: what is in memory has the order of the commits.
    private readonly Lock _changes = new();

    internal AccessKeys(DomainParts parts)
    {
        _parts = parts;
        Administrators = new Administrators(Find);
        foreach (var (key, sealedSecret) in parts.Catalog.Read(AccessKeyTable.All))
            Hold(key, sealedSecret);
    }

    /// <summary>Who may look after the whole server.</summary>
    internal Administrators Administrators { get; }

    /// <summary>The secret of a key that is known and enabled, or null. Answered from memory.</summary>
    public string? FindSecretKey(string secretId) => _keys.GetValueOrDefault(secretId)?.SecretKey;

    /// <summary>
    /// Whose key it is and what it may do, or null when it is unknown or disabled. Answered from memory.
    /// </summary>
    public KeyEntry? Find(string secretId) => _keys.GetValueOrDefault(secretId);

    /// <summary>Whether the caller may look after the whole server.</summary>
    public bool IsAdministrator(Caller caller) => Administrators.Has(caller);

    /// <summary>
    /// Makes sure that there is a key that may do everything: adds the given pair when it is unknown (or has another
    /// secret, or may not), or draws one when no such key can be used and none is given.
    /// </summary>
    /// <returns>The given pair, the drawn pair, or the oldest one.</returns>
    public AccessKey EnsureFirst(AccessKey? given)
    {
        if (given is not null)
        {
            Check(given);
            return Find(given.SecretId) is { } entry && entry.SecretKey == given.SecretKey && IsFull(entry)
                ? given
                : Store(given, FirstKey(given.SecretId, FirstName), Caller.Server);
        }

        foreach (var (key, _) in _parts.Catalog.Read(AccessKeyTable.All))
        {
            if (Find(key.SecretId) is { } entry && IsFull(entry))
                return new AccessKey(key.SecretId, entry.SecretKey);
        }

        return Create(FirstName, Caller.Server);
    }

    /// <summary>Draws and stores another pair of the first account that may do everything.</summary>
    public AccessKey Create(string name, Caller caller)
    {
        var drawn = Draw();
        return Store(drawn, FirstKey(drawn.SecretId, name), caller);
    }

    /// <summary>Draws and stores another pair of an account; this is the only time that its secret is told.</summary>
    /// <param name="accountId">The account; the caller's when null. Others need an administrator.</param>
    /// <param name="name">At most 60 bytes.</param>
    /// <param name="isReadOnly">Whether it may only look.</param>
    /// <param name="caller">On whose behalf.</param>
    public AccessKey Create(string? accountId, string? name, bool isReadOnly, Caller caller) =>
        _parts.Audited.Run(caller, "CreateAccessKey", accountId ?? string.Empty, () =>
        {
            var drawn = Draw();
            return Store(drawn, FirstKey(drawn.SecretId, RequestRules.Name(name, "Name")) with
            {
                AccountId = AccountOf(accountId, caller),
                IsReadOnly = isReadOnly,
            }, caller);
        });

    /// <summary>Keys of an account, oldest first, at most 1,000.</summary>
    /// <param name="accountId">The account; the caller's when null. Others need an administrator.</param>
    /// <param name="caller">On whose behalf.</param>
    public IReadOnlyList<StoredKey> List(string? accountId, Caller caller)
    {
        var owner = AccountOf(accountId, caller);
        return _parts.Catalog.Read(reader => AccessKeyTable.List(reader, owner));
    }

    /// <summary>Enables, disables or renames a key. Holds for requests that come after this returns.</summary>
    /// <exception cref="DomainException">
    /// The caller does not see it, or nobody could look after the server any more.
    /// </exception>
    public void Modify(string secretId, string? name, bool? isEnabled, Caller caller) =>
        _parts.Audited.Run(caller, "ModifyAccessKey", secretId, () => Change(secretId, caller, (transaction, key) =>
        {
            var changed = key with
            {
                Name = name is null ? key.Name : RequestRules.Name(name, "Name"),
                IsEnabled = isEnabled ?? key.IsEnabled,
            };
            if (!changed.IsEnabled)
                RequireOtherAdministrator(transaction.Rows, key);
            _parts.Events.Add(transaction, caller, "ModifyAccessKey", secretId);
            return changed;
        }));

    /// <summary>Removes a key for good.</summary>
    /// <exception cref="DomainException">
    /// The caller does not see it, or nobody could look after the server any more.
    /// </exception>
    public void Delete(string secretId, Caller caller) =>
        _parts.Audited.Run(caller, "DeleteAccessKey", secretId, () => Change(secretId, caller, (transaction, key) =>
        {
            RequireOtherAdministrator(transaction.Rows, key);
            _parts.Events.Add(transaction, caller, "DeleteAccessKey", secretId);
            return null;
        }));

    private static bool IsFull(KeyEntry entry) => entry is { AccountId: Scope.FirstAccountId, IsReadOnly: false };

    private AccessKey Draw() =>
        new(DrawnPrefix + _parts.Identifiers.Letters(DrawnLength), _parts.Identifiers.Letters(DrawnLength));

    private StoredKey FirstKey(string secretId, string name) => new()
    {
        SecretId = secretId,
        AccountId = Scope.FirstAccountId,
        Name = name,
        IsEnabled = true,
        IsReadOnly = false,
        CreateTime = _parts.Now,
    };

    // To whoever may not see an account it does not exist.
    private string AccountOf(string? accountId, Caller caller)
    {
        var own = _parts.Options.HomeOf(caller).AccountId;
        if (string.IsNullOrEmpty(accountId) || accountId == own)
            return own;
        return Administrators.Has(caller) ? accountId : throw AccountOperations.NotFound(accountId);
    }

    private AccessKey Store(AccessKey pair, StoredKey key, Caller caller)
    {
        var sealedSecret = _parts.Options.MasterKey.Seal(pair.SecretKey, pair.SecretId, _parts.Options.Random);
        lock (_changes)
        {
            _parts.Commit(transaction =>
            {
                // A server that starts is never without a key, however many there are.
                if (caller != Caller.Server)
                    RequireRoom(transaction.Rows, key.AccountId);
                AccessKeyTable.Put(transaction, key, sealedSecret);
                _parts.Events.Add(transaction, caller, "CreateAccessKey", key.SecretId);
            });
            _keys[pair.SecretId] = new KeyEntry(pair.SecretKey, key.AccountId, key.IsReadOnly);
        }

        return pair;
    }

    private static void RequireRoom(CatalogReader reader, string accountId)
    {
        if (!AccountOperations.Exists(reader, accountId))
            throw AccountOperations.NotFound(accountId);
        if (AccessKeyTable.Count(reader, accountId) >= AccountKeysMax)
        {
            throw new DomainException(
                ErrorCode.OverQuota, $"Account {accountId} has {AccountKeysMax} keys; delete one first.");
        }
    }

    // Null removes the key.
    private bool Change(string secretId, Caller caller, Func<SqlTransaction, StoredKey, StoredKey?> change)
    {
        lock (_changes)
        {
            (StoredKey Key, byte[] SealedSecret)? changed = null;
            _parts.Commit(transaction =>
            {
                var (key, sealedSecret) = AccessKeyTable.Find(transaction.Rows, secretId) is { } found
                    && (found.Key.AccountId == caller.Scope?.AccountId || Administrators.Has(caller))
                        ? found
                        : throw NotFound(secretId);
                changed = change(transaction, key) is { } next ? (next, sealedSecret) : null;
                if (changed is { } kept)
                    AccessKeyTable.Put(transaction, kept.Key, kept.SealedSecret);
                else
                    AccessKeyTable.Delete(transaction, secretId);
            });
            if (changed is { Key.IsEnabled: true } held)
                Hold(held.Key, held.SealedSecret);
            else
                _keys.TryRemove(secretId, out _);
        }

        return true;
    }

    private static void RequireOtherAdministrator(CatalogReader reader, StoredKey key)
    {
        var isAdministrator = key is { AccountId: Scope.FirstAccountId, IsEnabled: true, IsReadOnly: false };
        if (isAdministrator && !AccessKeyTable.HasOtherAdministrator(reader, key.SecretId))
        {
            throw new DomainException(
                ErrorCode.WrongState,
                $"{key.SecretId} is the last key that may look after this server; make another one first.");
        }
    }

    private void Hold(StoredKey key, byte[] sealedSecret)
    {
        if (!key.IsEnabled)
            return;
        if (_parts.Options.MasterKey.Open(sealedSecret, key.SecretId) is { } secret)
        {
            _keys[key.SecretId] = new KeyEntry(secret, key.AccountId, key.IsReadOnly);
            return;
        }

        _parts.Options.Log?.Invoke(new EngineMessage(true,
            $"Key {key.SecretId} cannot be opened with this master key and is not accepted. Restore the master key, " +
            "or make a new key."));
    }

    private static DomainException NotFound(string secretId) =>
        new(ErrorCode.ResourceNotFound, $"There is no key {secretId}.");

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
}
