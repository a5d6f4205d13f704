namespace Tidemark.Disks.Labels;

/// <summary>
/// A resource in six parts, as tools for labels name it: <c>qcs::cvm:REGION:uin/ACCOUNT:KIND/ID</c>. The account may be
/// left empty: then it is the caller's.
/// </summary>
/// <param name="Region">The region.</param>
/// <param name="AccountId">The account; empty for the caller's.</param>
/// <param name="Prefix">The kind, for example <c>volume</c>.</param>
/// <param name="ResourceId">The id.</param>
public sealed record ResourceName(string Region, string AccountId, string Prefix, string ResourceId)
{
    /// <summary>The product that disks and what belongs to them are named under.</summary>
    public const string Product = "cvm";

    private const string OtherProduct = "cbs";
    private const string AccountStart = "uin/";
    private const int LengthMax = 512;
    private const int PartCount = 6;

    /// <summary>Whether a product is one whose resources this server has.</summary>
    public static bool IsProduct(string product) => product is Product or OtherProduct;

    /// <summary>Reads a name.</summary>
    /// <exception cref="DomainException">It has not that form, or is of another product.</exception>
    public static ResourceName Parse(string text)
    {
        var parts = text.Length <= LengthMax ? text.Split(':') : [];
        var slash = parts.Length == PartCount ? parts[5].IndexOf('/', StringComparison.Ordinal) : -1;
        var isName = slash > 0 && parts[0] == "qcs" && parts[4].StartsWith(AccountStart, StringComparison.Ordinal);
        if (!isName)
        {
            throw new DomainException(
                LabelErrors.BadDescription,
                $"A resource is named like qcs::cvm:ap-guangzhou:uin/:volume/disk-xxxxxxxx; it was \"{text}\".");
        }

        if (!IsProduct(parts[2]))
        {
            throw new DomainException(
                LabelErrors.BadProduct, $"This server has resources of {Product}, not of \"{parts[2]}\".");
        }

        return new ResourceName(parts[3], parts[4][AccountStart.Length..], parts[5][..slash], parts[5][(slash + 1)..]);
    }

    /// <summary>The name, with an account.</summary>
    public override string ToString() => $"qcs::{Product}:{Region}:uin/{AccountId}:{Prefix}/{ResourceId}";
}
