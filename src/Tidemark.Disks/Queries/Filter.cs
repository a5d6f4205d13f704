namespace Tidemark.Disks.Queries;

/// <summary>A condition of a list: the named property has one of the values.</summary>
/// <param name="Name">Case-sensitive, for example <c>disk-state</c> or <c>tag:team</c>.</param>
/// <param name="Values">Alternatives.</param>
public sealed record Filter(string Name, IReadOnlyList<string> Values);
