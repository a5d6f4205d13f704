namespace Tidemark.Client;

/// <summary>The answer to CreateAccessKey.</summary>
/// <param name="SecretId">The public part.</param>
/// <param name="SecretKey">The secret part, told this once.</param>
internal sealed record AccessKeyAnswer(string SecretId, string SecretKey)
{
    /// <summary>Without the secret, so that it never reaches a message.</summary>
    public override string ToString() => SecretId;
}
