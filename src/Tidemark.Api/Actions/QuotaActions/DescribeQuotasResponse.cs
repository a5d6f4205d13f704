using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.QuotaActions;

/// <summary>The answer to DescribeQuotas.</summary>
internal sealed class DescribeQuotasResponse : ApiResponse
{
    /// <summary>Whose they are.</summary>
    public required string AccountId { get; init; }

    /// <summary>In which region.</summary>
    public required string QuotaRegion { get; init; }

    /// <summary>All of them.</summary>
    public required IReadOnlyList<WireQuota> QuotaSet { get; init; }
}
