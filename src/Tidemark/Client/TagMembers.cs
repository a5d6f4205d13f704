namespace Tidemark.Client;

/// <summary>A label.</summary>
/// <param name="Key">Its name.</param>
/// <param name="Value">Its value.</param>
internal sealed record TagMembers(string Key, string Value);
