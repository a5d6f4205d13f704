namespace Tidemark.Client;

/// <summary>A run of bytes that differ in origin between two snapshots.</summary>
/// <param name="Offset">The first byte.</param>
/// <param name="LengthBytes">How many.</param>
/// <param name="IsData">Whether the later snapshot holds data there; false when it reads as zeros.</param>
internal sealed record ChangedExtentMembers(long Offset, long LengthBytes, bool IsData);
