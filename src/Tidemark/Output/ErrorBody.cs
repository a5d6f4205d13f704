namespace Tidemark.Output;

/// <summary>An error as a program reads it.</summary>
/// <param name="Code">The word to compare.</param>
/// <param name="Message">The cause.</param>
/// <param name="NextStep">What can be done now.</param>
internal sealed record ErrorBody(string Code, string Message, string NextStep);
