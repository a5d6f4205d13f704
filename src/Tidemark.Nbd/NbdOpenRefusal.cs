namespace Tidemark.Nbd;

/// <summary>Why an export was not opened.</summary>
/// <param name="Kind">Which error reply the client gets.</param>
/// <param name="Message">For the person at the client: what was found, what was expected, what to do.</param>
public sealed record NbdOpenRefusal(NbdRefusalKind Kind, string Message);
