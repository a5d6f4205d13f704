namespace Tidemark.Verbs;

/// <summary>tidemark key disable SECRET-ID</summary>
internal sealed class KeyDisable() : KeyVerb(
    "disable", "Accept no more requests that a key signs, until it is enabled.")
{
    /// <inheritdoc/>
    protected override async Task<string> ChangeAsync(VerbCall call, string secretId)
    {
        await call.Client.Accounts.EnableKeyAsync(secretId, isEnabled: false, call.Cancellation);
        return $"Disabled {secretId}.";
    }
}
