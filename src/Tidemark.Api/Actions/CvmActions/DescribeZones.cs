using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.CvmActions;

/// <summary>Lists the zones of the region.</summary>
internal static class DescribeZones
{
    /// <summary>The declaration.</summary>
    public static readonly ApiAction Action = new(
        "DescribeZones",
        Run,
        typeof(DescribeZonesResponse),
        "Lists the zones of the region.")
    {
        Product = CloudProduct.Cvm,
    };

    /// <summary>Runs the action.</summary>
    public static ApiResponse Run(ActionCall call)
    {
        var zones = RegionNumbers.ZonesOf(call);
        return new DescribeZonesResponse { TotalCount = zones.Count, ZoneSet = zones };
    }
}
