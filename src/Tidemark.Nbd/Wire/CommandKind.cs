namespace Tidemark.Nbd.Wire;

/// <summary>The requests of transmission.</summary>
internal enum CommandKind : ushort
{
    /// <summary>Read.</summary>
    Read = 0,

    /// <summary>Write; the payload follows the header.</summary>
    Write = 1,

    /// <summary>End of the session; no reply.</summary>
    Disconnect = 2,

    /// <summary>Make durable what was answered.</summary>
    Flush = 3,

    /// <summary>The range is no longer needed.</summary>
    Trim = 4,

    /// <summary>The range will be read soon.</summary>
    Cache = 5,

    /// <summary>The range shall read as zeros.</summary>
    WriteZeroes = 6,

    /// <summary>Describe the range in the selected meta contexts.</summary>
    BlockStatus = 7,
}
