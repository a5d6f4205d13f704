using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.PriceActions;

/// <summary>The answer to a question for a price.</summary>
internal sealed class DiskPriceResponse : ApiResponse
{
    /// <summary>Zero.</summary>
    public required WirePrice DiskPrice { get; init; }
}
