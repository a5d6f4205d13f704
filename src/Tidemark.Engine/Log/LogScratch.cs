using Tidemark.Engine.Format;

namespace Tidemark.Engine.Log;

/// <summary>What a thread needs to append, made once for each thread that writes.</summary>
internal sealed class LogScratch
{
    [ThreadStatic]
    private static LogScratch? _current;

    /// <summary>The calling thread's own.</summary>
    public static LogScratch Current => _current ??= new LogScratch();

    /// <summary>A record's header while it is written.</summary>
    public byte[] HeaderBlock { get; } = new byte[Blocks.SizeBytes];

    /// <summary>The record being put together.</summary>
    public LogRecord Record { get; } = new();

    /// <summary>One block, for read-modify-write.</summary>
    public byte[] Block { get; } = new byte[Blocks.SizeBytes];

    /// <summary>The data of a record gathered from several writes.</summary>
    public byte[] Gathered { get; } = new byte[RecordHeader.DataBlocksMax << Blocks.SizeShift];
}
