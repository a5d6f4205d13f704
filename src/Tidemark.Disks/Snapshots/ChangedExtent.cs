namespace Tidemark.Disks.Snapshots;

/// <summary>A run of bytes written or trimmed between two snapshots; a multiple of 4 KiB.</summary>
/// <param name="Offset">The first byte.</param>
/// <param name="LengthBytes">How many.</param>
/// <param name="IsData">Whether the later snapshot holds data there; false when it reads as zeros.</param>
public readonly record struct ChangedExtent(long Offset, long LengthBytes, bool IsData);
