using Microsoft.Win32.SafeHandles;

namespace Tidemark.Engine.Stores;

/// <summary>
/// An open file of the system. Counted like every safe handle, so that a close during a read cannot hand the read the
/// next file that happens to get the same number.
/// </summary>
internal sealed class FileDescriptor : SafeHandleMinusOneIsInvalid
{
    private static long _lastSerial;

    /// <summary>Takes ownership of an open descriptor.</summary>
    public FileDescriptor(int number, string path)
        : base(ownsHandle: true)
    {
        Path = path;
        Serial = Interlocked.Increment(ref _lastSerial);
        SetHandle(number);
    }

    /// <summary>The path the file was opened by; the file may have been moved since.</summary>
    public string Path { get; }

    /// <summary>Tells this descriptor from every other one of the process, for ever.</summary>
    public long Serial { get; }

    /// <inheritdoc/>
    protected override bool ReleaseHandle() => LibC.Close((int)handle);
}
