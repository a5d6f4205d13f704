namespace Tidemark.Api.Wire;

/// <summary>
/// A request is refused: the code and the message go to the client as they stand, with HTTP status 200.
/// </summary>
internal sealed class ApiException(string code, string message) : Exception(message)
{
    /// <summary>One of <see cref="ErrorCodes"/>.</summary>
    public string Code { get; } = code;
}
