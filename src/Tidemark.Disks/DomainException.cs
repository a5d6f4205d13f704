namespace Tidemark.Disks;

/// <summary>
/// A request that the domain refuses. <see cref="Code"/> is a code of the CBS API, or an extension in the same style;
/// the message says what was found, what was expected and what to do, and may be shown to the caller as it is.
/// </summary>
/// <param name="code">One of <see cref="ErrorCode"/>.</param>
/// <param name="message">The explanation for the caller.</param>
/// <param name="inner">The cause, when another exception is the cause.</param>
public sealed class DomainException(string code, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The code, for example <c>InvalidDiskId.NotFound</c>.</summary>
    public string Code { get; } = code;
}
