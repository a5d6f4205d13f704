namespace Tidemark.Api.Actions.PriceActions;

/// <summary>A price with the parts that it is made of: none.</summary>
internal sealed class WirePrepayPrice(bool isPrepaid) : WirePrice(isPrepaid)
{
    public IReadOnlyList<string> DetailPrices { get; } = [];
}
