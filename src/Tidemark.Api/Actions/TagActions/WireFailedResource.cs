namespace Tidemark.Api.Actions.TagActions;

/// <summary>A resource whose labels could not be changed, and why.</summary>
internal sealed record WireFailedResource(string Resource, string Code, string Message);
