namespace Tidemark.Engine.Stores;

/// <summary>The machine that a <see cref="SimulatedStore"/> pretends to be.</summary>
public sealed record SimulatedStoreOptions
{
    /// <summary>The size of the device in bytes.</summary>
    public long CapacityBytes { get; init; } = long.MaxValue;

    /// <summary>The size of the reserve, taken out of the capacity, in bytes.</summary>
    public long ReserveSizeBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Tells when a file was moved to the lost folder.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
