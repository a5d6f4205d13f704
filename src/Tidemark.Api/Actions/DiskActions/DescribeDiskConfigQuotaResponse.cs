using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.DiskActions;

/// <summary>The answer to DescribeDiskConfigQuota.</summary>
internal sealed class DescribeDiskConfigQuotaResponse : ApiResponse
{
    /// <summary>By zone, type, usage and way of paying.</summary>
    public required IReadOnlyList<WireDiskConfig> DiskConfigSet { get; init; }
}
