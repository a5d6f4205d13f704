namespace Tidemark.Nbd;

/// <summary>
/// A session that a client cannot go on with: the server broke the protocol, refused the export, or answered a request
/// with an error.
/// </summary>
public sealed class NbdException : IOException
{
    /// <summary>A server that broke the protocol, or refused.</summary>
    public NbdException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }

    /// <summary>A request that the server answered with an error.</summary>
    public NbdException(string request, NbdError error, string? detail = null)
        : base($"The NBD server answered {request} with {error} ({(uint)error})" +
               (string.IsNullOrEmpty(detail) ? "." : $": {detail}"))
    {
        Error = error;
    }

    /// <summary>The error that a request was answered with; <see cref="NbdError.None"/> for anything else.</summary>
    public NbdError Error { get; }
}
