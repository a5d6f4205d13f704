namespace Tidemark.Disks;

/// <summary>A label on a disk or snapshot. Keys are unique within a resource.</summary>
/// <param name="Key">1 to 127 characters.</param>
/// <param name="Value">At most 255 characters.</param>
public sealed record Tag(string Key, string Value);
