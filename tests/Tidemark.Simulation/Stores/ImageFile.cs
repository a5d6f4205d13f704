namespace Tidemark.Simulation.Stores;

/// <summary>A file while calls are played back: what is surely on the device, and the changes since.</summary>
internal sealed class ImageFile
{
    private const int PageBytes = 4096;
    private const int SectorBytes = 512;
    private const int TornOneIn = 8;

    private static readonly double[] PersistedShares = [0, 0.1, 0.5, 0.9, 1];

    private readonly SortedDictionary<long, byte[]> _pages = []; // durable, by offset; absent is zeros
    private readonly List<ContentChange> _changes = [];
    private long _durableLengthBytes;
    private long _lengthBytes;

    /// <summary>A file with durable content.</summary>
    public ImageFile(ReadOnlyMemory<byte> content)
    {
        _durableLengthBytes = _lengthBytes = content.Length;
        Apply(new(0, 0, content.Length, content, content.Length));
    }

    /// <summary>Notes a write.</summary>
    public void Write(int call, long offset, ReadOnlyMemory<byte> bytes)
    {
        _lengthBytes = Math.Max(_lengthBytes, offset + bytes.Length);
        _changes.Add(new(call, offset, bytes.Length, bytes, _lengthBytes));
    }

    /// <summary>Notes that a range became zeros.</summary>
    public void Punch(int call, long offset, long lengthBytes)
    {
        var endOffset = Math.Min(offset + lengthBytes, _lengthBytes);
        if (endOffset > offset)
            _changes.Add(new(call, offset, endOffset - offset, default, _lengthBytes));
    }

    /// <summary>Notes a new length; what lies beyond it is gone for good.</summary>
    public void Truncate(int call, long lengthBytes)
    {
        var zerosBytes = Math.Max(_lengthBytes - lengthBytes, 0);
        _lengthBytes = lengthBytes;
        _changes.Add(new(call, lengthBytes, zerosBytes, default, lengthBytes));
    }

    /// <summary>Makes every change durable that was made before a call.</summary>
    public void Sync(int covers)
    {
        var count = _changes.FindLastIndex(change => change.Call < covers) + 1;
        foreach (var change in _changes.Take(count))
        {
            Apply(change);
            _durableLengthBytes = change.FileLengthBytes;
        }

        _changes.RemoveRange(0, count);
    }

    /// <summary>Writes a file as a power cut could leave this one.</summary>
    public void Materialise(string path, Random random)
    {
        var persistedShare = PersistedShares[random.Next(PersistedShares.Length)];
        var lengthBytes = AnyLength(random);
        using var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write);
        RandomAccess.SetLength(file, lengthBytes);
        foreach (var (offset, durable) in PagesToWrite())
        {
            var bytes = (int)Math.Min(PageBytes, lengthBytes - offset);
            if (bytes <= 0)
                break;
            RandomAccess.Write(file, AnyContent(offset, durable, random, persistedShare).AsSpan(0, bytes), offset);
        }
    }

    private void Apply(ContentChange change)
    {
        for (var offset = change.Offset / PageBytes * PageBytes;
            offset < change.Offset + change.LengthBytes;
            offset += PageBytes)
        {
            if (!_pages.TryGetValue(offset, out var page))
            {
                if (change.Bytes.IsEmpty)
                    continue;
                _pages[offset] = page = new byte[PageBytes];
            }

            change.ApplyTo(page, offset);
        }
    }

    private SortedDictionary<long, byte[]?> PagesToWrite()
    {
        var pages = new SortedDictionary<long, byte[]?>();
        foreach (var (offset, page) in _pages)
            pages[offset] = page;
        foreach (var change in _changes.Where(change => !change.Bytes.IsEmpty))
        {
            for (var offset = change.Offset / PageBytes * PageBytes;
                offset < change.Offset + change.LengthBytes;
                offset += PageBytes)
            {
                pages.TryAdd(offset, null);
            }
        }

        return pages;
    }

    private long AnyLength(Random random)
    {
        if (_changes.Count == 0)
            return _durableLengthBytes;
        var shortest = Math.Min(_durableLengthBytes, _changes.Min(change => change.FileLengthBytes));
        var longest = Math.Max(_durableLengthBytes, _changes.Max(change => change.FileLengthBytes));
        return random.Next(3) switch
        {
            0 => _durableLengthBytes,
            1 => _lengthBytes,
            _ => random.NextInt64(shortest, longest + 1),
        };
    }

    // Each page on its own: as it is on the device, as it is in memory, or as it was at any time between.
    private byte[] AnyContent(long offset, byte[]? durable, Random random, double persistedShare)
    {
        var versions = new List<byte[]> { durable ?? new byte[PageBytes] };
        foreach (var change in _changes.Where(change => change.Touches(offset, PageBytes)))
        {
            var next = (byte[])versions[^1].Clone();
            change.ApplyTo(next, offset);
            versions.Add(next);
        }

        var content = AnyVersion(versions, random, persistedShare);
        if (versions.Count == 1 || random.Next(TornOneIn) > 0)
            return content;
        var torn = (byte[])content.Clone();
        var split = random.Next(1, PageBytes / SectorBytes) * SectorBytes;
        AnyVersion(versions, random, persistedShare).AsSpan(split).CopyTo(torn.AsSpan(split));
        return torn;
    }

    private static byte[] AnyVersion(List<byte[]> versions, Random random, double persistedShare)
    {
        if (random.NextDouble() >= persistedShare)
            return versions[0];
        return random.Next(2) == 0 ? versions[^1] : versions[random.Next(versions.Count)];
    }
}
