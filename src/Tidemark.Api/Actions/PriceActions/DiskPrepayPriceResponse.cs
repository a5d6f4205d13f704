using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.PriceActions;

/// <summary>The answer to a question for a price that has parts.</summary>
internal sealed class DiskPrepayPriceResponse : ApiResponse
{
    /// <summary>Zero, of no parts.</summary>
    public required WirePrepayPrice DiskPrice { get; init; }
}
