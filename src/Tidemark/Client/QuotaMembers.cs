namespace Tidemark.Client;

/// <summary>The members of a quota that the commands read.</summary>
/// <param name="QuotaName">Which.</param>
/// <param name="QuotaUsed">How much is used.</param>
/// <param name="QuotaLimit">How much may be used; null when there is no limit.</param>
/// <param name="IsDefault">Whether the limit is the server's.</param>
internal sealed record QuotaMembers(string QuotaName, long QuotaUsed, long? QuotaLimit, bool IsDefault);
