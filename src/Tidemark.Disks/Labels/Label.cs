namespace Tidemark.Disks.Labels;

/// <summary>A label and the resource that has it.</summary>
/// <param name="Region">The resource's region.</param>
/// <param name="Prefix">The resource's kind, for example <c>volume</c>.</param>
/// <param name="ResourceId">The resource.</param>
/// <param name="Key">The label's key.</param>
/// <param name="Value">The label's value.</param>
public sealed record Label(string Region, string Prefix, string ResourceId, string Key, string Value);
