namespace Tidemark.Disks.Accounts;

/// <summary>
/// Whose resources a request sees: those of one account in one region. To everybody else they do not exist; nobody is
/// told that they are forbidden.
/// </summary>
/// <param name="AccountId">The account: twelve digits.</param>
/// <param name="Region">One of the server's regions.</param>
public sealed record Scope(string AccountId, string Region)
{
    /// <summary>The account that every server has from the start.</summary>
    public const string FirstAccountId = "100000000001";
}
