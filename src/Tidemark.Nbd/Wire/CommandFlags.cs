namespace Tidemark.Nbd.Wire;

/// <summary>The flags of a request.</summary>
[Flags]
internal enum CommandFlags : ushort
{
    /// <summary>No flag.</summary>
    None = 0,

    /// <summary>
    /// FUA: answer only when the request is durable. Accepted, without effect, where nothing is written.
    /// </summary>
    ForceUnitAccess = 1 << 0,

    /// <summary>NO_HOLE: zeros, but allocated.</summary>
    NoHole = 1 << 1,

    /// <summary>DF: the answer to a read is one chunk of content.</summary>
    DoNotFragment = 1 << 2,

    /// <summary>REQ_ONE: one extent for each context.</summary>
    RequestOne = 1 << 3,

    /// <summary>FAST_ZERO: only if faster than writing zeros; else it is not supported.</summary>
    FastZero = 1 << 4,
}
