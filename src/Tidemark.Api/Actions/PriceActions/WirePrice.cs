namespace Tidemark.Api.Actions.PriceActions;

/// <summary>A price as the CBS API shows it, and always zero. Members of the other way of paying are null.</summary>
internal class WirePrice(bool isPrepaid)
{
    private const string Zero = "0.00";

    public string? ChargeUnit => isPrepaid ? null : "HOUR";

    public double? UnitPrice => isPrepaid ? null : 0;

    public double? UnitPriceDiscount => isPrepaid ? null : 0;

    public string? UnitPriceHigh => isPrepaid ? null : Zero;

    public string? UnitPriceDiscountHigh => isPrepaid ? null : Zero;

    public double? OriginalPrice => isPrepaid ? 0 : null;

    public double? DiscountPrice => isPrepaid ? 0 : null;

    public string? OriginalPriceHigh => isPrepaid ? Zero : null;

    public string? DiscountPriceHigh => isPrepaid ? Zero : null;
}
