namespace Tidemark.Disks.Policies;

/// <summary>One day of a forecast.</summary>
/// <param name="Day">The day, on UTC+8.</param>
/// <param name="Made">Snapshots made on it.</param>
/// <param name="Dropped">Snapshots that go on it; may have been made on it too.</param>
/// <param name="Kept">Snapshots that there are at its end, oldest first.</param>
public sealed record ForecastDay(
    DateOnly Day,
    IReadOnlyList<ForecastSnapshot> Made,
    IReadOnlyList<ForecastSnapshot> Dropped,
    IReadOnlyList<ForecastSnapshot> Kept);
