namespace Tidemark.Api.Signatures;

/// <summary>A key pair that requests are signed with: the id travels in every request, the secret never.</summary>
/// <param name="SecretId">The public half; printable ASCII.</param>
/// <param name="SecretKey">The shared secret, used as UTF-8 bytes.</param>
public sealed record AccessKey(string SecretId, string SecretKey)
{
    /// <summary>Names the key without its secret, so that it may appear in a log.</summary>
    public override string ToString() => $"AccessKey {SecretId}";
}
