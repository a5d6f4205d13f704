namespace Tidemark.Nbd;

/// <summary>Why an export was not opened; decides the protocol's error reply.</summary>
public enum NbdRefusalKind
{
    /// <summary>No export has this name (<c>NBD_REP_ERR_UNKNOWN</c>).</summary>
    Unknown,

    /// <summary>It exists, but this client may not have it now (<c>NBD_REP_ERR_POLICY</c>).</summary>
    Policy,

    /// <summary>The server is going away (<c>NBD_REP_ERR_SHUTDOWN</c>).</summary>
    Shutdown,
}
