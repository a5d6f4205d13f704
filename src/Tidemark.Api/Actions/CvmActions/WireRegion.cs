namespace Tidemark.Api.Actions.CvmActions;

/// <summary>A region as DescribeRegions shows it.</summary>
internal sealed record WireRegion(string Region)
{
    public string RegionName => Region;

    public string RegionState { get; } = "AVAILABLE";
}
