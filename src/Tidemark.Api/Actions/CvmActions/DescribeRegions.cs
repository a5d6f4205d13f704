using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.CvmActions;

/// <summary>Lists the regions of the server.</summary>
internal static class DescribeRegions
{
    /// <summary>The declaration.</summary>
    public static readonly ApiAction Action = new(
        "DescribeRegions",
        Run,
        typeof(DescribeRegionsResponse),
        "Lists the regions of the server.")
    {
        Product = CloudProduct.Cvm,
        IsGlobal = true,
    };

    /// <summary>Runs the action.</summary>
    public static ApiResponse Run(ActionCall call)
    {
        WireRegion[] regions = [.. call.Domain.Options.Regions.Select(region => new WireRegion(region.Name))];
        return new DescribeRegionsResponse { TotalCount = regions.Length, RegionSet = regions };
    }
}
