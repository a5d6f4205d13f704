namespace Tidemark.Api.Wire;

/// <summary>The answer to a request that failed.</summary>
internal sealed class ErrorResponse : ApiResponse
{
    /// <summary>Why.</summary>
    public required ErrorDetail Error { get; init; }

    /// <summary>The code that programs read and the message that people read.</summary>
    internal sealed record ErrorDetail(string Code, string Message);
}
