using System.Runtime.InteropServices;

namespace Tidemark.Nbd.Serving;

/// <summary>
/// Unmanaged memory for bytes on their way. Pages that were never touched cost nothing, so that an idle connection's
/// large buffer is cheap, and the garbage collector never sees it. The owner disposes it after the last use of a span.
/// </summary>
internal sealed unsafe partial class TransferBuffer : IDisposable
{
    // The largest page size of the machines that this runs on; madvise wants whole pages.
    private const int AlignmentBytes = 64 * 1024;
    private const int AdviceDontNeed = 4;

    private byte* _memory;

    /// <summary>Allocates; content is undefined.</summary>
    public TransferBuffer(int sizeBytes)
    {
        _memory = (byte*)NativeMemory.AlignedAlloc((nuint)sizeBytes, AlignmentBytes);
        SizeBytes = sizeBytes;
    }

    /// <summary>Size in bytes.</summary>
    public int SizeBytes { get; private set; }

    /// <summary>All of it; empty after <see cref="Dispose"/>.</summary>
    public Span<byte> Span => new(_memory, SizeBytes);

    /// <summary>
    /// Gives the pages from an offset on (a multiple of 64 KiB) back to the system and keeps the addresses: the content
    /// there is lost.
    /// </summary>
    public void Forget(int fromBytes = 0)
    {
        // Whole pages only: what comes behind the last one belongs to somebody else. Failing costs memory, no more.
        var wholeBytes = (SizeBytes / AlignmentBytes * AlignmentBytes) - fromBytes;
        if (wholeBytes > 0 && OperatingSystem.IsLinux())
            _ = Advise(_memory + fromBytes, (nuint)wholeBytes, AdviceDontNeed);
    }

    /// <summary>Gives the memory back.</summary>
    public void Dispose()
    {
        SizeBytes = 0;
        NativeMemory.AlignedFree(_memory);
        _memory = null;
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(byte* address, nuint lengthBytes, int advice);
}
