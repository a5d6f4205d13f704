namespace Tidemark.Nbd.Wire;

/// <summary>The options of the handshake.</summary>
internal enum OptionKind : uint
{
    /// <summary>Choose an export; no reply, no errors.</summary>
    ExportName = 1,

    /// <summary>End the session.</summary>
    Abort = 2,

    /// <summary>List the exports.</summary>
    List = 3,

    /// <summary>Go on under TLS; not known here.</summary>
    StartTls = 5,

    /// <summary>Describe an export.</summary>
    Info = 6,

    /// <summary>Describe an export and choose it.</summary>
    Go = 7,

    /// <summary>Use structured replies.</summary>
    StructuredReply = 8,

    /// <summary>List the meta contexts of an export.</summary>
    ListMetaContext = 9,

    /// <summary>Select meta contexts of an export.</summary>
    SetMetaContext = 10,

    /// <summary>Use 64-bit lengths; not known here.</summary>
    ExtendedHeaders = 11,
}
