using Tidemark.Engine;
using Tidemark.Nbd;

namespace Tidemark.Disks.Exports;

/// <summary>The engine's answers in the words of the protocol.</summary>
internal static class IoErrors
{
    /// <summary>The protocol's error for a result.</summary>
    public static NbdError ToNbd(this IoResult result) => result switch
    {
        IoResult.Done => NbdError.None,
        IoResult.Invalid => NbdError.Invalid,
        IoResult.NoSpace => NbdError.NoSpace,
        IoResult.Closed => NbdError.Shutdown,
        _ => NbdError.Io,
    };
}
