using System.Globalization;
using Tidemark.Disks;

namespace Tidemark.Api.Actions.CvmActions;

/// <summary>Numbers zones by their place in the configuration, because some clients name zones by number.</summary>
internal static class RegionNumbers
{
    private const int FirstRegion = 100_000;
    private const int ZonesOfRegionMax = 10_000;

    /// <summary>The zones of the region that is called.</summary>
    public static IReadOnlyList<WireZone> ZonesOf(ActionCall call)
    {
        var options = call.Domain.Options;
        var region = options.HomeOf(call.Caller).Region;
        var regions = options.Regions.Select(known => known.Name).ToList();
        var first = FirstRegion + (regions.IndexOf(region) * ZonesOfRegionMax) + 1;
        return [.. options.ZonesOf(region).Select((zone, index) => new WireZone(
            zone, (first + index).ToString(CultureInfo.InvariantCulture)))];
    }
}
