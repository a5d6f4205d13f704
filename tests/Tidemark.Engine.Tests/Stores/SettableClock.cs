namespace Tidemark.Engine.Tests.Stores;

/// <summary>A clock that stands still until it is set.</summary>
public sealed class SettableClock : TimeProvider
{
    /// <summary>The time that the clock shows.</summary>
    public DateTimeOffset Now { get; set; } = DateTimeOffset.UnixEpoch.AddDays(20_000);

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => Now;
}
