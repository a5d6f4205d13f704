using System.Runtime.InteropServices;

namespace Tidemark.Engine.Stores;

/// <summary>One element of a scatter or gather list: <c>struct iovec</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct IoVector
{
    /// <summary>The first byte; pinned by the caller.</summary>
    public byte* Start;

    /// <summary>The length in bytes.</summary>
    public nuint LengthBytes;
}
