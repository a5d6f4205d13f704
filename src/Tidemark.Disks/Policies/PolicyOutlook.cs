namespace Tidemark.Disks.Policies;

/// <summary>What a policy means and what it will do.</summary>
/// <param name="Description">Schedule and retention in plain sentences.</param>
/// <param name="NextRuns">The next ten runs, UTC.</param>
/// <param name="Days">Day by day, what happens to the snapshots of one disk.</param>
public sealed record PolicyOutlook(
    string Description, IReadOnlyList<DateTimeOffset> NextRuns, IReadOnlyList<ForecastDay> Days)
{
    /// <summary>How many runs are told.</summary>
    public const int RunCount = 10;
}
