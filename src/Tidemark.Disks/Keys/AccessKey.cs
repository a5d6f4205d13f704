namespace Tidemark.Disks.Keys;

/// <summary>A pair that signs requests.</summary>
/// <param name="SecretId">
/// Public: <c>AKID</c> and 32 letters or digits when drawn here; 1 to 128 printable ASCII characters when given.
/// </param>
/// <param name="SecretKey">
/// Secret: 32 letters or digits when drawn here; 1 to 128 printable ASCII characters when given.
/// </param>
public sealed record AccessKey(string SecretId, string SecretKey)
{
    /// <summary>Without the secret, so that it never reaches a log.</summary>
    public override string ToString() => SecretId;
}
