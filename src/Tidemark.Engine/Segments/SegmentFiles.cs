using Tidemark.Engine.Stores;

namespace Tidemark.Engine.Segments;

/// <summary>
/// Open segment files for reading, at most a fixed number at once. A file is lent to a reader and given back; one
/// that is evicted while lent is closed when the last reader gives it back.
/// </summary>
internal sealed class SegmentFiles : IDisposable
{
    private readonly Store _store;
    private readonly int _openFilesMax;
    private readonly Lock _gate = new();
    private readonly Dictionary<long, LentFile> _files = [];
    private readonly Queue<LentFile> _age = [];
    private long _forgottenCount;

    /// <summary>Makes an empty set over a store that it does not own.</summary>
    public SegmentFiles(Store store, int openFilesMax)
    {
        _store = store;
        _openFilesMax = openFilesMax;
    }

    /// <summary>Lends a segment's file, opening it when needed; the caller passes it to <see cref="Return"/>.</summary>
    public LentFile Borrow(long segmentId)
    {
        long forgotten;
        lock (_gate)
        {
            forgotten = _forgottenCount;
            if (_files.TryGetValue(segmentId, out var file))
            {
                file.Readers++;
                file.WasUsed = true;
                return file;
            }
        }

        return Insert(segmentId, _store.Open(StoreArea.Segments, segmentId, writable: false), forgotten);
    }

    /// <summary>Reads from a segment until the destination is full or the file ends; returns the bytes read.</summary>
    public int Read(long segmentId, long offsetBytes, Span<byte> destination)
    {
        var file = Borrow(segmentId);
        try
        {
            return file.File.Read(offsetBytes, destination);
        }
        finally
        {
            Return(file);
        }
    }

    /// <summary>
    /// Takes over a file that its caller goes on writing: lent to it, and so kept open, until it is returned. One that
    /// was open for reading gives way to it.
    /// </summary>
    public LentFile Adopt(long segmentId, StoreFile file)
    {
        // In one: a reader that came between would leave its own, which cannot be written.
        lock (_gate)
        {
            Forget(segmentId);
            return Insert(segmentId, file, long.MaxValue);
        }
    }

    /// <summary>One more loan of a file that is on loan.</summary>
    public void Retain(LentFile file)
    {
        lock (_gate)
        {
            file.Readers++;
        }
    }

    /// <summary>Ends a loan.</summary>
    public void Return(LentFile file)
    {
        lock (_gate)
        {
            file.Readers--;
            CloseIfDone(file);
        }
    }

    /// <summary>Takes a segment out of the set; its file is closed once nobody reads it.</summary>
    public void Forget(long segmentId)
    {
        lock (_gate)
        {
            _forgottenCount++;
            if (_files.Remove(segmentId, out var file))
            {
                file.IsForgotten = true;
                CloseIfDone(file);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var file in _files.Values)
            {
                file.IsForgotten = true;
                CloseIfDone(file);
            }

            _files.Clear();
            _age.Clear();
        }
    }

    private static void CloseIfDone(LentFile file)
    {
        if (file is { IsForgotten: true, Readers: 0 })
        {
            file.File.Dispose();
        }
    }

    // A file that was opened while one was forgotten may be the one that goes: kept, it would hold space for ever.
    private LentFile Insert(long segmentId, StoreFile opened, long forgotten)
    {
        lock (_gate)
        {
            if (_files.TryGetValue(segmentId, out var present))
            {
                // Another thread opened it meanwhile: one open file is enough.
                opened.Dispose();
                present.Readers++;
                return present;
            }

            var file = new LentFile(segmentId, opened) { Readers = 1, WasUsed = true };
            if (forgotten < _forgottenCount)
            {
                file.IsForgotten = true;
                return file;
            }

            _files.Add(segmentId, file);
            _age.Enqueue(file);
            EvictOne();
            return file;
        }
    }

    private void EvictOne()
    {
        for (var tries = 0; _age.Count > _openFilesMax && tries < 2 * _openFilesMax; tries++)
        {
            var oldest = _age.Dequeue();
            if (oldest.IsForgotten)
            {
                continue;
            }

            if (oldest.WasUsed || oldest.Readers > 0)
            {
                oldest.WasUsed = false;
                _age.Enqueue(oldest);
                continue;
            }

            _files.Remove(oldest.SegmentId);
            oldest.IsForgotten = true;
            CloseIfDone(oldest);
            return;
        }
    }
}
