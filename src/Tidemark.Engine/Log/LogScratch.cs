using Tidemark.Engine.Format;

namespace Tidemark.Engine.Log;

/// <summary>What a thread needs to append, made once for each thread that writes.</summary>
internal sealed class LogScratch
{
    private const int GatheredBytesMin = 32 * 1024;

    [ThreadStatic]
    private static LogScratch? _current;

    private byte[] _gathered = new byte[GatheredBytesMin];

    /// <summary>The calling thread's own.</summary>
    public static LogScratch Current => _current ??= new LogScratch();

    /// <summary>A record's header while it is written.</summary>
    public byte[] HeaderBlock { get; } = new byte[Blocks.SizeBytes];

    /// <summary>The record being put together.</summary>
    public LogRecord Record { get; } = new();

    /// <summary>One block, for read-modify-write.</summary>
    public byte[] Block { get; } = new byte[Blocks.SizeBytes];

    /// <summary>
    /// The data of a record gathered from several writes, at least so many bytes long; what it held stays. Most threads
    /// never gather much, and there may be a thousand.
    /// </summary>
    public byte[] Gathered(int lengthBytes)
    {
        if (_gathered.Length < lengthBytes)
        {
            var doubled = Math.Max(lengthBytes, 2 * _gathered.Length);
            Array.Resize(ref _gathered, Math.Min(doubled, RecordHeader.DataBlocksMax << Blocks.SizeShift));
        }

        return _gathered;
    }
}
