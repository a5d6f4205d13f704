namespace Tidemark.Nbd.Wire;

/// <summary>The kinds of chunks in a structured reply. Bit 15 marks errors.</summary>
internal enum ChunkKind : ushort
{
    /// <summary>Nothing more to say; always the last.</summary>
    None = 0,

    /// <summary>Offset and content.</summary>
    OffsetContent = 1,

    /// <summary>Offset and length of zeros.</summary>
    OffsetHole = 2,

    /// <summary>Extents in one meta context.</summary>
    BlockStatus = 5,

    /// <summary>The request failed.</summary>
    Error = ErrorBit + 1,

    /// <summary>The request failed at an offset.</summary>
    ErrorOffset = ErrorBit + 2,

    /// <summary>Set in every error.</summary>
    ErrorBit = 1 << 15,
}
