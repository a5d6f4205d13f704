namespace Tidemark.Client;

/// <summary>What a policy means and when it will run.</summary>
/// <param name="Description">Schedule and retention in plain sentences.</param>
/// <param name="NextTriggerTimeSet">The next ten runs, ISO-8601 in UTC.</param>
internal sealed record PolicyOutlook(string Description, IReadOnlyList<DateTimeOffset> NextTriggerTimeSet);
