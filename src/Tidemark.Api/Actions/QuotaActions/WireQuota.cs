using Tidemark.Disks.Quotas;

namespace Tidemark.Api.Actions.QuotaActions;

/// <summary>One quota.</summary>
internal sealed class WireQuota(QuotaFigure figure)
{
    public string QuotaName => figure.Name;

    public long QuotaUsed => figure.Used;

    /// <summary>Null when there is no limit.</summary>
    public long? QuotaLimit => figure.Limit == QuotaFigure.Unlimited ? null : figure.Limit;

    /// <summary>Whether it is the server's; false when somebody set another.</summary>
    public bool IsDefault => figure.IsDefault;
}
