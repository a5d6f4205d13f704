using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tidemark.Client;

/// <summary>The actions on quotas as methods.</summary>
/// <param name="api">The server.</param>
internal sealed class QuotaCalls(ApiClient api)
{
    /// <summary>All quotas of an account, or of the key's own when null, with all their members.</summary>
    public async Task<IReadOnlyList<JsonElement>> ListAsync(string? accountId, CancellationToken cancellation)
    {
        var answer = await api.CallAsync(
            "DescribeQuotas", Members(accountId), ClientJson.Default.QuotaPage, cancellation);
        return answer.QuotaSet;
    }

    /// <summary>Sets a limit.</summary>
    /// <param name="name">Which quota.</param>
    /// <param name="limit">The limit; the server's own when null.</param>
    /// <param name="isUnlimited">No limit at all; <paramref name="limit"/> is null then.</param>
    /// <param name="accountId">Whose; the key's own when null.</param>
    /// <param name="cancellation">Ends the waiting for the answer.</param>
    public Task SetAsync(
        string name, long? limit, bool isUnlimited, string? accountId, CancellationToken cancellation)
    {
        var members = Members(accountId);
        members["QuotaName"] = name;
        if (limit is not null)
            members["QuotaLimit"] = limit;
        if (isUnlimited)
            members["IsUnlimited"] = true;
        return api.CallAsync("ModifyQuota", members, cancellation);
    }

    private static JsonObject Members(string? accountId) =>
        accountId is null ? [] : new JsonObject { ["AccountId"] = accountId };
}
