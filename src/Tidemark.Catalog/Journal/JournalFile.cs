namespace Tidemark.Catalog.Journal;

/// <summary>
/// A journal file as read back: its header and the records up to the first one that is torn or damaged.
/// </summary>
/// <param name="Header">The header.</param>
/// <param name="Frames">The records.</param>
/// <param name="IntactBytes">Where the last intact record ends.</param>
/// <param name="TailBytes">Bytes after it that are no record.</param>
internal sealed record JournalFile(
    JournalHeader Header, IReadOnlyList<JournalFrame> Frames, long IntactBytes, long TailBytes)
{
    /// <summary>True when a base file was written to its end.</summary>
    public bool IsClosed => Frames.Count > 0 && Frames[^1].Kind == JournalFormat.RecordEnd && TailBytes == 0;

    /// <summary>Reads a file; null, with the reason, when its header cannot be read.</summary>
    public static JournalFile? Read(string path, out string problem)
    {
        ReadOnlyMemory<byte> bytes = File.ReadAllBytes(path);
        var header = JournalHeader.Parse(bytes.Span, out problem);
        if (header is null)
            return null;
        var frames = new List<JournalFrame>();
        var rest = bytes[JournalFormat.HeaderBytes..];
        while (JournalFrame.TryParse(rest, out var frame, out var lengthBytes))
        {
            frames.Add(frame);
            rest = rest[lengthBytes..];
        }

        return new JournalFile(header, frames, bytes.Length - rest.Length, rest.Length);
    }
}
