using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tidemark.Client;

/// <summary>The actions on accounts and keys as methods.</summary>
/// <param name="api">The server.</param>
internal sealed class AccountCalls(ApiClient api)
{
    /// <summary>Makes an account and returns its id.</summary>
    public async Task<AccountIdAnswer> CreateAsync(string name, CancellationToken cancellation) => await api.CallAsync(
        "CreateAccount", new JsonObject { ["AccountName"] = name }, ClientJson.Default.AccountIdAnswer, cancellation);

    /// <summary>All accounts.</summary>
    public async Task<IReadOnlyList<JsonElement>> ListAsync(CancellationToken cancellation) =>
        Items(await api.CallAsync("DescribeAccounts", [], cancellation), "AccountSet");

    /// <summary>Removes an account.</summary>
    public Task DeleteAsync(string accountId, CancellationToken cancellation) =>
        api.CallAsync("DeleteAccount", new JsonObject { ["AccountId"] = accountId }, cancellation);

    /// <summary>Draws a key.</summary>
    /// <param name="accountId">Whose; the caller's own account when null.</param>
    /// <param name="name">Its name; null for none.</param>
    /// <param name="isReadOnly">Whether it may only look.</param>
    /// <param name="cancellation">Ends the waiting for the answer.</param>
    public Task<AccessKeyAnswer> CreateKeyAsync(
        string? accountId, string? name, bool isReadOnly, CancellationToken cancellation)
    {
        var members = new JsonObject { ["ReadOnly"] = isReadOnly };
        if (accountId is not null)
            members["AccountId"] = accountId;
        if (name is not null)
            members["Name"] = name;
        return api.CallAsync("CreateAccessKey", members, ClientJson.Default.AccessKeyAnswer, cancellation);
    }

    /// <summary>The keys of an account; the caller's own when null.</summary>
    public async Task<IReadOnlyList<JsonElement>> ListKeysAsync(string? accountId, CancellationToken cancellation)
    {
        var members = new JsonObject();
        if (accountId is not null)
            members["AccountId"] = accountId;
        return Items(await api.CallAsync("DescribeAccessKeys", members, cancellation), "AccessKeySet");
    }

    /// <summary>Enables or disables a key.</summary>
    public Task EnableKeyAsync(string secretId, bool isEnabled, CancellationToken cancellation) => api.CallAsync(
        "ModifyAccessKey", new JsonObject { ["SecretId"] = secretId, ["IsEnabled"] = isEnabled }, cancellation);

    /// <summary>Removes a key.</summary>
    public Task DeleteKeyAsync(string secretId, CancellationToken cancellation) =>
        api.CallAsync("DeleteAccessKey", new JsonObject { ["SecretId"] = secretId }, cancellation);

    private static List<JsonElement> Items(JsonElement answer, string name) =>
        [.. answer.GetProperty(name).EnumerateArray().Select(item => item.Clone())];
}
