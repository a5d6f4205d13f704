namespace Tidemark.Disks.Snapshots;

/// <summary>A run of bytes that was read from a snapshot; a multiple of 4 KiB.</summary>
/// <param name="Offset">The first byte.</param>
/// <param name="LengthBytes">How many.</param>
/// <param name="Data">What they are; null when all are zeros because nothing is there.</param>
public sealed record SnapshotRange(long Offset, int LengthBytes, byte[]? Data);
