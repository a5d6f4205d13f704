namespace Tidemark.Catalog.Journal;

/// <summary>
/// All that a journal holds: the newest complete base and the records after it, without gaps. A tail torn by a crash
/// simply ends it.
/// </summary>
internal sealed class JournalContent
{
    private JournalContent(JournalFile? start, IReadOnlyList<JournalFrame> later, Guid storeId, int schemaVersion)
    {
        Base = start;
        Later = later;
        StoreId = storeId;
        SchemaVersion = schemaVersion;
    }

    /// <summary>
    /// The base; null when no complete one is left, and <see cref="Later"/> holds whatever the logs have.
    /// </summary>
    public JournalFile? Base { get; }

    /// <summary>The records after the base, by generation.</summary>
    public IReadOnlyList<JournalFrame> Later { get; }

    /// <summary>The store that it belongs to.</summary>
    public Guid StoreId { get; }

    /// <summary>The schema of its rows.</summary>
    public int SchemaVersion { get; }

    /// <summary>The generation that it leads to; 0 when it holds nothing.</summary>
    public long Generation => Later.Count > 0 ? Later[^1].Generation : Base?.Header.Generation ?? 0;

    /// <summary>Reads the journal; null when the folder holds no file with a readable header.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="problems">What could not be read, in words.</param>
    public static JournalContent? Read(JournalFolder folder, List<string> problems)
    {
        var start = ReadBase(folder, problems, out var startNumber);
        var logs = new List<JournalFile>();
        foreach (var number in folder.LogNumbers.Where(number => number >= startNumber))
        {
            var log = ReadFile(folder.LogPath(number), problems);
            if (log is not null)
                logs.Add(log);
        }

        var header = start?.Header ?? (logs.Count > 0 ? logs[^1].Header : null);
        if (header is null)
            return null;
        var later = new List<JournalFrame>();
        foreach (var log in logs.Where(log => log.Header.StoreId == header.StoreId))
            AppendFrames(log, start?.Header.Generation, later);
        return new JournalContent(start, later, header.StoreId, header.SchemaVersion);
    }

    private static JournalFile? ReadBase(JournalFolder folder, List<string> problems, out long startNumber)
    {
        foreach (var number in folder.BaseNumbers.Reverse())
        {
            var file = ReadFile(folder.BasePath(number), problems);
            startNumber = number;
            if (file is { IsClosed: true })
                return file;
            if (file is not null)
                problems.Add($"{folder.BasePath(number)}: the end record is missing");
        }

        startNumber = 0;
        return null;
    }

    private static JournalFile? ReadFile(string path, List<string> problems)
    {
        var file = JournalFile.Read(path, out var problem);
        if (file is null)
            problems.Add($"{path}: {problem}");
        return file;
    }

    private static void AppendFrames(JournalFile log, long? baseGeneration, List<JournalFrame> later)
    {
        foreach (var frame in log.Frames)
        {
            long? last = later.Count > 0 ? later[^1].Generation : baseGeneration;
            if (frame.Generation <= last)
                continue;
            if (last is not null && frame.Generation != last + 1)
                return;
            later.Add(frame);
        }
    }
}
