namespace Tidemark.Nbd;

/// <summary>The error values that the NBD protocol allows in a reply; they equal the Linux error numbers.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage(
    "Design", "CA1028:Enum Storage should be Int32", Justification = "The field is 32 bits, unsigned, on the wire.")]
public enum NbdError : uint
{
    /// <summary>The request succeeded.</summary>
    None = 0,

    /// <summary>Not permitted: a write to a read-only export, or an export that was suspended.</summary>
    Perm = 1,

    /// <summary>The storage failed, or a checksum did not match.</summary>
    Io = 5,

    /// <summary>No memory for this request. The server avoids it.</summary>
    NoMemory = 12,

    /// <summary>A request that breaks a rule: unaligned, empty, beyond the end, an unknown command or flag.</summary>
    Invalid = 22,

    /// <summary>The store is full, or a write goes beyond the end of the export.</summary>
    NoSpace = 28,

    /// <summary>Too large to be answered in the way that was asked for.</summary>
    Overflow = 75,

    /// <summary>The export cannot do this, or not as fast as was asked for.</summary>
    NotSupported = 95,

    /// <summary>The server is shutting down.</summary>
    Shutdown = 108,
}
