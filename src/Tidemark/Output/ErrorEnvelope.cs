namespace Tidemark.Output;

/// <summary>The object that holds an error, as in the API's answers.</summary>
/// <param name="Error">The error.</param>
internal sealed record ErrorEnvelope(ErrorBody Error);
