namespace Tidemark.Api.Actions.TagActions;

/// <summary>A label.</summary>
internal sealed record WireTag(string TagKey, string TagValue);
