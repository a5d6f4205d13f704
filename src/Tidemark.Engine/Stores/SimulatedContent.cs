namespace Tidemark.Engine.Stores;

/// <summary>
/// What is in a simulated file, apart from its name: pages, lengths and the space they take. The store's lock guards
/// it.
/// </summary>
internal sealed class SimulatedContent
{
    private const long PageSizeBytes = SimulatedPage.SizeBytes;

    private static readonly double[] PersistedShares = [0, 0.1, 0.5, 0.9, 1];
    private static readonly byte[] Zeros = new byte[PageSizeBytes];

    private readonly Dictionary<long, SimulatedPage> _pages = [];
    private readonly List<long> _changed = []; // pages that became dirty since the last sync
    private SimulatedSpace _space;
    private long _durableLengthBytes;
    private long _shortestBytes; // of the lengths since the last sync
    private long _longestBytes;
    private bool _isCounted = true;

    /// <summary>An empty file on a device.</summary>
    public SimulatedContent(SimulatedSpace space) => _space = space;

    /// <summary>The length that reads see.</summary>
    public long LengthBytes { get; private set; }

    /// <summary>The space taken.</summary>
    public long AllocatedBytes { get; private set; }

    /// <summary>How many handles are open.</summary>
    public int OpenCount { get; private set; }

    /// <summary>True once no name leads here.</summary>
    public bool IsUnlinked { get; private set; }

    /// <summary>Counts a new handle.</summary>
    public void Open() => OpenCount++;

    /// <summary>Counts a handle off; the last one of a file without a name gives the space back.</summary>
    public void Close()
    {
        OpenCount--;
        ReleaseIfUnreachable();
    }

    /// <summary>Takes the name away.</summary>
    public void Unlink()
    {
        IsUnlinked = true;
        ReleaseIfUnreachable();
    }

    /// <summary>Writes as many bytes as there is space for; returns how many.</summary>
    public int Write(long offset, ReadOnlySpan<byte> bytes)
    {
        var doneBytes = 0;
        while (doneBytes < bytes.Length)
        {
            var at = offset + doneBytes;
            var inPage = (int)(at % PageSizeBytes);
            var partBytes = (int)Math.Min(PageSizeBytes - inPage, bytes.Length - doneBytes);
            var index = at / PageSizeBytes;
            if (!TryAllocate(index, out var page))
                break;
            NoteChange(index, page);
            page.Write(inPage, bytes.Slice(doneBytes, partBytes));
            doneBytes += partBytes;
        }

        if (doneBytes > 0)
            SetLength(Math.Max(LengthBytes, offset + doneBytes));
        return doneBytes;
    }

    /// <summary>Reads what there is of a range, and brings it into memory; returns the bytes read.</summary>
    public int Read(long offset, Span<byte> destination)
    {
        var totalBytes = (int)Math.Clamp(LengthBytes - offset, 0, destination.Length);
        var doneBytes = 0;
        while (doneBytes < totalBytes)
        {
            var at = offset + doneBytes;
            var inPage = (int)(at % PageSizeBytes);
            var partBytes = (int)Math.Min(PageSizeBytes - inPage, totalBytes - doneBytes);
            var page = _pages.GetValueOrDefault(at / PageSizeBytes);
            (page?.Live ?? Zeros).AsSpan(inPage, partBytes).CopyTo(destination[doneBytes..]);
            page?.IsResident = true;
            doneBytes += partBytes;
        }

        return totalBytes;
    }

    /// <summary>True when every byte of a range is in the file and in memory.</summary>
    public bool IsResident(long offset, int lengthBytes)
    {
        if (offset + lengthBytes > LengthBytes)
            return false;
        for (var index = offset / PageSizeBytes; index * PageSizeBytes < offset + lengthBytes; index++)
        {
            if (_pages.TryGetValue(index, out var page) && !page.IsResident)
                return false;
        }

        return true;
    }

    /// <summary>Takes space for every page of a range; false, with some of them taken, when it ran out.</summary>
    public bool TryAllocate(long offset, long lengthBytes)
    {
        for (var index = offset / PageSizeBytes; index * PageSizeBytes < offset + lengthBytes; index++)
        {
            if (!TryAllocate(index, out _))
                return false;
        }

        return true;
    }

    /// <summary>Lets the pages of a range reach the device, or not.</summary>
    public void StartWriteOut(long offset, long lengthBytes)
    {
        var endOffset = lengthBytes > long.MaxValue - offset ? long.MaxValue : offset + lengthBytes;
        foreach (var index in _changed)
        {
            if (index * PageSizeBytes < endOffset && (index + 1) * PageSizeBytes > offset)
                _pages.GetValueOrDefault(index)?.StartWriteOut();
        }
    }

    /// <summary>Makes content and length durable.</summary>
    public void Sync() => Settle(page => page.Sync(), LengthBytes);

    /// <summary>Loses what a sync should have made durable, while reads go on to see it.</summary>
    public void LoseSync() => Settle(page => page.LoseSync(), _durableLengthBytes);

    /// <summary>Makes a range zeros and gives its whole pages back.</summary>
    public void Punch(long offset, long lengthBytes)
    {
        var endOffset = offset + lengthBytes;
        foreach (var index in PagesIn(offset, endOffset))
        {
            var from = (int)Math.Max(offset - (index * PageSizeBytes), 0);
            var to = (int)Math.Min(endOffset - (index * PageSizeBytes), PageSizeBytes);
            Zero(index, from, to);
        }
    }

    /// <summary>Sets the length and gives everything beyond it back.</summary>
    public void Truncate(long lengthBytes)
    {
        Punch(lengthBytes, long.MaxValue - PageSizeBytes - lengthBytes);
        SetLength(lengthBytes);
    }

    /// <summary>Drops what is in memory and need not be written.</summary>
    public void DropResident()
    {
        foreach (var page in _pages.Values)
            page.DropResident();
    }

    /// <summary>Becomes what the death of the process leaves: the same, with no handle open.</summary>
    public void KillProcess() => OpenCount = 0;

    /// <summary>Becomes what a power cut leaves.</summary>
    public void CutPower(Random random)
    {
        OpenCount = 0;
        var persistedShare = PersistedShares[random.Next(PersistedShares.Length)];
        foreach (var page in _pages.Values)
            page.CutPower(random, persistedShare);
        _changed.Clear();

        LengthBytes = random.Next(3) switch
        {
            0 => _durableLengthBytes,
            1 => LengthBytes,
            _ => random.NextInt64(_shortestBytes, _longestBytes + 1),
        };
        _durableLengthBytes = _shortestBytes = _longestBytes = LengthBytes;
        foreach (var index in PagesIn(LengthBytes, long.MaxValue))
            _pages[index].CutAt((int)Math.Max(LengthBytes - (index * PageSizeBytes), 0));
    }

    /// <summary>Counts the space anew on the device as it is after a crash.</summary>
    public void Recount(SimulatedSpace space)
    {
        _space = space;
        _isCounted = true;
        IsUnlinked = false;
        AllocatedBytes = 0;
        foreach (var page in _pages.Values)
            AllocatedBytes += page.IsAllocated ? PageSizeBytes : 0;
        _space.Count(AllocatedBytes);
    }

    private bool TryAllocate(long index, out SimulatedPage page)
    {
        if (!_pages.TryGetValue(index, out var known))
            known = new();
        page = known;
        if (page.IsAllocated)
            return true;
        if (!_space.TryTake(PageSizeBytes))
            return false;
        page.IsAllocated = true;
        AllocatedBytes += PageSizeBytes;
        _pages[index] = page;
        return true;
    }

    private void NoteChange(long index, SimulatedPage page)
    {
        if (!page.IsDirty)
            _changed.Add(index);
    }

    private void Zero(long index, int from, int to)
    {
        var page = _pages[index];
        if (to - from < PageSizeBytes)
        {
            if (page.Live is null)
                return;
            NoteChange(index, page);
            page.Write(from, Zeros.AsSpan(from, to - from));
            return;
        }

        if (page.IsAllocated)
        {
            page.IsAllocated = false;
            AllocatedBytes -= PageSizeBytes;
            _space.Release(PageSizeBytes);
        }

        var wasDirty = page.IsDirty;
        page.Clear();
        if (page.IsBlank)
            _pages.Remove(index);
        else if (!wasDirty)
            _changed.Add(index);
    }

    private void SetLength(long lengthBytes)
    {
        LengthBytes = lengthBytes;
        _shortestBytes = Math.Min(_shortestBytes, lengthBytes);
        _longestBytes = Math.Max(_longestBytes, lengthBytes);
    }

    private void Settle(Action<SimulatedPage> settle, long durableLengthBytes)
    {
        foreach (var index in _changed)
        {
            if (!_pages.TryGetValue(index, out var page))
                continue;
            settle(page);
            if (page.IsBlank)
                _pages.Remove(index);
        }

        _changed.Clear();
        _durableLengthBytes = durableLengthBytes;
        _shortestBytes = Math.Min(durableLengthBytes, LengthBytes);
        _longestBytes = Math.Max(durableLengthBytes, LengthBytes);
    }

    private List<long> PagesIn(long offset, long endOffset)
    {
        var first = offset / PageSizeBytes;
        var last = (endOffset - 1) / PageSizeBytes;
        var indexes = new List<long>();
        if (last - first < _pages.Count)
        {
            for (var index = first; index <= last; index++)
            {
                if (_pages.ContainsKey(index))
                    indexes.Add(index);
            }
        }
        else
        {
            foreach (var index in _pages.Keys)
            {
                if (index >= first && index <= last)
                    indexes.Add(index);
            }
        }

        return indexes;
    }

    private void ReleaseIfUnreachable()
    {
        if (!IsUnlinked || OpenCount > 0 || !_isCounted)
            return;
        _isCounted = false;
        _space.Release(AllocatedBytes);
    }
}
