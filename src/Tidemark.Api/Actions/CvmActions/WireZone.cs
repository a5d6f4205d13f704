namespace Tidemark.Api.Actions.CvmActions;

/// <summary>A zone as DescribeZones shows it.</summary>
/// <param name="Zone">Its name.</param>
/// <param name="ZoneId">A number as text, of this zone alone on this server.</param>
internal sealed record WireZone(string Zone, string ZoneId)
{
    public string ZoneName => Zone;

    public string ZoneState { get; } = "AVAILABLE";
}
