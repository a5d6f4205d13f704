using Tidemark.Engine.Stores;

namespace Tidemark.Engine.Index;

/// <summary>
/// Index files kept open, the least recently used closed first. A file in use is never closed; when all are in use, the
/// bound is exceeded by the number of threads at most. Safe for concurrent use.
/// </summary>
internal sealed class OpenFileCache : IDisposable
{
    private readonly Store _store;
    private readonly int _filesMax;
    private readonly Lock _lock = new();

    // Guarded by the lock: the files by id, and the order of use with the latest at the end.
    private readonly Dictionary<long, Entry> _entries = [];
    private readonly LinkedList<Entry> _byUse = [];

    /// <summary>Makes an empty cache.</summary>
    public OpenFileCache(Store store, int filesMax)
    {
        _store = store;
        _filesMax = filesMax;
    }

    /// <summary>Reads from a file, which is opened when it is not.</summary>
    /// <returns>The bytes read.</returns>
    public int Read(long id, long offsetBytes, Span<byte> destination)
    {
        var entry = Acquire(id);
        try
        {
            return entry.File.Read(offsetBytes, destination);
        }
        finally
        {
            Release(entry);
        }
    }

    /// <summary>A file's name as a person finds it.</summary>
    public string NameOf(long id)
    {
        var entry = Acquire(id);
        var name = entry.File.Name;
        Release(entry);
        return name;
    }

    /// <summary>Closes a file, or lets the last reader close it; a later read opens it again.</summary>
    public void Forget(long id)
    {
        Entry? closing = null;
        lock (_lock)
        {
            if (_entries.Remove(id, out var entry))
            {
                _byUse.Remove(entry.Node);
                entry.IsForgotten = true;
                closing = entry.UserCount == 0 ? entry : null;
            }
        }

        closing?.File.Dispose();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Entry[] closing;
        lock (_lock)
        {
            closing = [.. _entries.Values];
            _entries.Clear();
            _byUse.Clear();
        }

        foreach (var entry in closing)
            entry.File.Dispose();
    }

    private Entry Acquire(long id)
    {
        lock (_lock)
        {
            if (_entries.TryGetValue(id, out var known))
                return Use(known);
        }

        // No lock is held while the file is opened: two threads may do it at once, and one closes its own again.
        var opened = new Entry(id, _store.Open(StoreArea.Index, id, writable: false));
        Entry result;
        Entry? closing;
        lock (_lock)
        {
            if (_entries.TryGetValue(id, out var known))
            {
                result = Use(known);
                closing = opened;
            }
            else
            {
                _entries.Add(id, opened);
                _byUse.AddLast(opened.Node);
                result = Use(opened);
                closing = RemoveLeastUsed();
            }
        }

        closing?.File.Dispose();
        return result;
    }

    private void Release(Entry entry)
    {
        bool isLast;
        lock (_lock)
        {
            entry.UserCount--;
            isLast = entry.UserCount == 0 && entry.IsForgotten;
        }

        if (isLast)
            entry.File.Dispose();
    }

    private Entry Use(Entry entry)
    {
        entry.UserCount++;
        _byUse.Remove(entry.Node);
        _byUse.AddLast(entry.Node);
        return entry;
    }

    private Entry? RemoveLeastUsed()
    {
        if (_entries.Count <= _filesMax)
            return null;
        for (var node = _byUse.First; node is not null; node = node.Next)
        {
            if (node.Value.UserCount > 0)
                continue;
            _entries.Remove(node.Value.Id);
            _byUse.Remove(node);
            return node.Value;
        }

        return null;
    }

    private sealed class Entry
    {
        public Entry(long id, StoreFile file)
        {
            Id = id;
            File = file;
            Node = new LinkedListNode<Entry>(this);
        }

        public long Id { get; }

        public StoreFile File { get; }

        public LinkedListNode<Entry> Node { get; }

        public int UserCount { get; set; }

        public bool IsForgotten { get; set; }
    }
}
