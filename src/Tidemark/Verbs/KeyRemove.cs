namespace Tidemark.Verbs;

/// <summary>tidemark key rm SECRET-ID</summary>
internal sealed class KeyRemove() : KeyVerb("rm", "Remove a key for good.")
{
    /// <inheritdoc/>
    protected override async Task<string> ChangeAsync(VerbCall call, string secretId)
    {
        await call.Client.Accounts.DeleteKeyAsync(secretId, call.Cancellation);
        return $"Removed {secretId}.";
    }
}
