namespace Tidemark.Engine.Stores;

/// <summary>Where a simulated file can be found.</summary>
/// <param name="Content">The file.</param>
/// <param name="LostAt">When it was moved to the lost folder; null while it is in its area.</param>
internal sealed record SimulatedName(SimulatedContent Content, DateTimeOffset? LostAt);
