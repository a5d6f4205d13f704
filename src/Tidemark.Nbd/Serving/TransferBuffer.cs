using System.Runtime.InteropServices;

namespace Tidemark.Nbd.Serving;

/// <summary>
/// Unmanaged memory for bytes on their way. Pages that were never touched cost nothing, so that an idle connection's
/// large buffer is cheap, and the garbage collector never sees it. The owner disposes it after the last use of a span.
/// </summary>
internal sealed unsafe class TransferBuffer : IDisposable
{
    private byte* _memory;

    /// <summary>Allocates; content is undefined.</summary>
    public TransferBuffer(int sizeBytes)
    {
        _memory = (byte*)NativeMemory.Alloc((nuint)sizeBytes);
        SizeBytes = sizeBytes;
    }

    /// <summary>Size in bytes.</summary>
    public int SizeBytes { get; private set; }

    /// <summary>All of it; empty after <see cref="Dispose"/>.</summary>
    public Span<byte> Span => new(_memory, SizeBytes);

    /// <summary>Gives the memory back.</summary>
    public void Dispose()
    {
        SizeBytes = 0;
        NativeMemory.Free(_memory);
        _memory = null;
    }
}
