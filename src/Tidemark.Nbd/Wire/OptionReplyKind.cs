namespace Tidemark.Nbd.Wire;

/// <summary>The replies to options. Bit 31 marks errors.</summary>
internal enum OptionReplyKind : uint
{
    /// <summary>Done.</summary>
    Ack = 1,

    /// <summary>One export of a list.</summary>
    Server = 2,

    /// <summary>One fact about an export.</summary>
    Info = 3,

    /// <summary>One meta context.</summary>
    MetaContext = 4,

    /// <summary>The option is not known.</summary>
    ErrorUnsupported = ErrorBit + 1,

    /// <summary>The option is known but forbidden.</summary>
    ErrorPolicy = ErrorBit + 2,

    /// <summary>The option's data breaks a rule.</summary>
    ErrorInvalid = ErrorBit + 3,

    /// <summary>The option is not possible on this platform.</summary>
    ErrorPlatform = ErrorBit + 4,

    /// <summary>TLS must come first.</summary>
    ErrorTlsRequired = ErrorBit + 5,

    /// <summary>There is no such export.</summary>
    ErrorUnknown = ErrorBit + 6,

    /// <summary>The server is going away.</summary>
    ErrorShutdown = ErrorBit + 7,

    /// <summary>The client must ask for block sizes first.</summary>
    ErrorBlockSizeRequired = ErrorBit + 8,

    /// <summary>The option's data is too long.</summary>
    ErrorTooBig = ErrorBit + 9,

    /// <summary>Set in every error.</summary>
    ErrorBit = 1u << 31,
}
