namespace Tidemark.Nbd.Wire;

/// <summary>Bounds that the protocol sets, or that both sides here agree on.</summary>
internal static class ProtocolLimits
{
    /// <summary>The protocol's own bound on a string.</summary>
    public const int StringMaxBytes = 4096;

    /// <summary>Longest option data that is looked at.</summary>
    public const int OptionMaxBytes = 64 * 1024;

    /// <summary>Longest option data that is skipped to answer that it is too big; more closes the connection.</summary>
    public const int OptionSkipMaxBytes = 1024 * 1024;

    /// <summary>
    /// Longest write payload that is skipped to answer that it is too long; more closes the connection.
    /// </summary>
    public const uint PayloadSkipMaxBytes = 2 * Export.PayloadMaxBytes;

    /// <summary>Zeros after the reply to <see cref="OptionKind.ExportName"/>.</summary>
    public const int ReservedZerosBytes = 124;
}
