using System.Globalization;
using Tidemark.Disks.Policies;

namespace Tidemark.Api.Actions.PolicyActions;

/// <summary>One day of a forecast.</summary>
internal sealed class WireForecastDay(ForecastDay day)
{
    /// <summary>The day, on UTC+8.</summary>
    public string Date => day.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Snapshots made on it.</summary>
    public IReadOnlyList<WireForecastSnapshot> MadeSet { get; } =
        [.. day.Made.Select(snapshot => new WireForecastSnapshot(snapshot))];

    /// <summary>Snapshots that go on it.</summary>
    public IReadOnlyList<WireForecastSnapshot> DroppedSet { get; } =
        [.. day.Dropped.Select(snapshot => new WireForecastSnapshot(snapshot))];

    /// <summary>How many there are at its end.</summary>
    public int KeptCount => day.Kept.Count;
}
