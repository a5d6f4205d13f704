namespace Tidemark.Engine;

/// <summary>One write of a batch.</summary>
/// <param name="Offset">The first byte on the disk, a multiple of 512.</param>
/// <param name="PayloadStart">Where its bytes start in the batch's payload.</param>
/// <param name="LengthBytes">How many bytes, a multiple of 512, at least 512.</param>
public readonly record struct WritePiece(long Offset, int PayloadStart, int LengthBytes);
