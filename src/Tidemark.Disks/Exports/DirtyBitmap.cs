using Tidemark.Engine;
using Tidemark.Nbd;

namespace Tidemark.Disks.Exports;

/// <summary>
/// One context of an export: what changed since a snapshot. Keeps that snapshot's layer in place while a client may
/// ask, even when the snapshot is deleted meanwhile.
/// </summary>
internal sealed class DirtyBitmap : IDisposable
{
    /// <summary>What the contexts' names start with; the snapshot's id follows.</summary>
    public const string Prefix = "qemu:dirty-bitmap:";

    private const int BlockShift = 12;
    private const long BlockMask = (1 << BlockShift) - 1;

    private readonly Lock _gate = new();
    private readonly LayerView _since;
    private readonly ChangedRanges _changes;

    /// <summary>Changes of a disk or view since a layer of its family.</summary>
    /// <exception cref="EngineException">There is no such layer, or it is of another family.</exception>
    public DirtyBitmap(StorageEngine engine, long sinceLayerId, ReadableDisk disk)
    {
        _since = engine.OpenView(sinceLayerId);
        _changes = new ChangedRanges(engine, _since, disk);
        try
        {
            // Asking about nothing refuses layers that have nothing to do with each other.
            engine.MapChanges(_since, disk, firstBlock: 0, blockCount: 0, rangesMax: 1, []);
        }
        catch
        {
            _since.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Appends extents from <paramref name="offset"/> on, dirty and clean in turn, with every write answered before the
    /// call.
    /// </summary>
    public void Append(long offset, long lengthBytes, int extentsMax, List<StatusExtent> extents)
    {
        var firstBlock = offset >> BlockShift;
        var endBlock = (offset + lengthBytes + BlockMask) >> BlockShift;
        var runs = new List<StatusExtent>();
        lock (_gate)
        {
            var knownEndBlock = Math.Min(_changes.Load(firstBlock, endBlock, extentsMax), endBlock);
            var position = offset;
            foreach (var range in _changes.From(firstBlock))
            {
                if (range.FirstBlock >= knownEndBlock || runs.Count > extentsMax)
                    break;
                // The first one may begin before the range that was asked for.
                AppendUpTo(Math.Max(range.FirstBlock << BlockShift, offset), 0, ref position, runs);
                AppendUpTo((range.FirstBlock + range.BlockCount) << BlockShift, StatusExtent.Dirty, ref position, runs);
            }

            AppendUpTo(knownEndBlock << BlockShift, 0, ref position, runs);
        }

        extents.AddRange(runs.Take(extentsMax));
    }

    /// <inheritdoc/>
    public void Dispose() => _since.Dispose();

    // Neighbours may both be dirty: one has data, the other was trimmed.
    private static void AppendUpTo(long endOffset, uint flags, ref long position, List<StatusExtent> runs)
    {
        var lengthBytes = endOffset - position;
        if (lengthBytes <= 0)
            return;
        if (runs.Count > 0 && runs[^1].Flags == flags)
            runs[^1] = runs[^1] with { LengthBytes = runs[^1].LengthBytes + lengthBytes };
        else
            runs.Add(new StatusExtent(lengthBytes, flags));
        position = endOffset;
    }
}
