namespace Tidemark.Engine.Catalog;

/// <summary>A finished segment: its footer is durable.</summary>
/// <param name="SegmentId">The key; never used twice.</param>
/// <param name="DiskId">The disk that wrote it.</param>
/// <param name="LengthBytes">The length of the file, footer included.</param>
/// <param name="IsRetired">True when no index refers to it and the file is to be removed.</param>
public sealed record SegmentRow(
    string DiskId,
    long SegmentId,
    long LengthBytes,
    bool IsRetired);
