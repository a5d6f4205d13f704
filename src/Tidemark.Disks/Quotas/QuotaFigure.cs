namespace Tidemark.Disks.Quotas;

/// <summary>One quota of an account in a region.</summary>
/// <param name="Name">One of <see cref="QuotaName"/>.</param>
/// <param name="Used">How much is used; 0 for labels, which are counted for each resource.</param>
/// <param name="Limit">How much may be used; <see cref="Unlimited"/> when there is no limit.</param>
/// <param name="IsDefault">Whether the limit is the server's; false when somebody set another.</param>
public sealed record QuotaFigure(string Name, long Used, long Limit, bool IsDefault)
{
    /// <summary>No limit.</summary>
    public const long Unlimited = long.MaxValue;
}
