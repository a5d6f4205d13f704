namespace Tidemark.Verbs;

/// <summary>tidemark key enable SECRET-ID</summary>
internal sealed class KeyEnable() : KeyVerb("enable", "Accept requests that a key signs again.")
{
    /// <inheritdoc/>
    protected override async Task<string> ChangeAsync(VerbCall call, string secretId)
    {
        await call.Client.Accounts.EnableKeyAsync(secretId, isEnabled: true, call.Cancellation);
        return $"Enabled {secretId}.";
    }
}
