namespace Tidemark.Engine.Index;

/// <summary>
/// The directories of chunks used lately, bounded by the memory that they take. Safe for concurrent use.
/// </summary>
internal sealed class DirectoryCache
{
    private readonly long _footprintBytesMax;
    private readonly Lock _lock = new();

    // Guarded by the lock: the directories by place, the order of use with the latest at the end, and their footprint.
    private readonly Dictionary<ChunkPlace, LinkedListNode<(ChunkPlace Place, ChunkDirectory Directory)>> _nodes = [];
    private readonly LinkedList<(ChunkPlace Place, ChunkDirectory Directory)> _byUse = [];
    private long _footprintBytes;

    /// <summary>Makes an empty cache.</summary>
    public DirectoryCache(long footprintBytesMax)
    {
        _footprintBytesMax = footprintBytesMax;
    }

    /// <summary>The directory, when it is in the cache.</summary>
    public ChunkDirectory? Find(ChunkPlace place)
    {
        lock (_lock)
        {
            if (!_nodes.TryGetValue(place, out var node))
                return null;
            _byUse.Remove(node);
            _byUse.AddLast(node);
            return node.Value.Directory;
        }
    }

    /// <summary>
    /// Keeps a directory, and drops the least recently used ones beyond the bound; the new one always stays.
    /// </summary>
    public void Add(ChunkPlace place, ChunkDirectory directory)
    {
        lock (_lock)
        {
            if (_nodes.ContainsKey(place))
                return;
            _nodes.Add(place, _byUse.AddLast((place, directory)));
            _footprintBytes += directory.FootprintBytes;
            while (_footprintBytes > _footprintBytesMax && _byUse.First is { } first && first.Value.Place != place)
                Remove(first);
        }
    }

    /// <summary>Drops a directory.</summary>
    public void Forget(ChunkPlace place)
    {
        lock (_lock)
        {
            if (_nodes.TryGetValue(place, out var node))
                Remove(node);
        }
    }

    private void Remove(LinkedListNode<(ChunkPlace Place, ChunkDirectory Directory)> node)
    {
        _nodes.Remove(node.Value.Place);
        _byUse.Remove(node);
        _footprintBytes -= node.Value.Directory.FootprintBytes;
    }
}
