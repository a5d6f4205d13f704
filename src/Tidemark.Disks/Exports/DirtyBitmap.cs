using Tidemark.Engine;
using Tidemark.Nbd;

namespace Tidemark.Disks.Exports;

/// <summary>
/// One context of a snapshot export: what changed since another snapshot. Keeps that snapshot's layer in place while a
/// client may ask, even when the snapshot is deleted meanwhile.
/// </summary>
internal sealed class DirtyBitmap : IDisposable
{
    /// <summary>What the contexts' names start with; the other snapshot's id follows.</summary>
    public const string Prefix = "qemu:dirty-bitmap:";

    private const int BlockShift = 12;
    private const long BlockMask = (1 << BlockShift) - 1;

    private readonly StorageEngine _engine;
    private readonly LayerView _since;
    private readonly long _layerId;

    /// <summary>Changes of a layer since another of its family.</summary>
    /// <exception cref="EngineException">There is no such layer, or it is of another family.</exception>
    public DirtyBitmap(StorageEngine engine, long sinceLayerId, long layerId)
    {
        _engine = engine;
        _layerId = layerId;
        _since = engine.OpenView(sinceLayerId);
        try
        {
            // The first step of the enumeration refuses layers that have nothing to do with each other.
            using var probe = engine.Changed(sinceLayerId, layerId).GetEnumerator();
            _ = probe.MoveNext();
        }
        catch (EngineException)
        {
            _since.Dispose();
            throw;
        }
    }

    /// <summary>Appends extents from <paramref name="offset"/> on: dirty and clean in turn.</summary>
    public NbdError Append(long offset, long lengthBytes, int extentsMax, List<StatusExtent> extents)
    {
        var end = offset + lengthBytes;
        var position = offset;
        var addedCount = 0;
        foreach (var range in _engine.Changed(_since.LayerId, _layerId, offset >> BlockShift))
        {
            var dirtyStart = Math.Max(range.FirstBlock << BlockShift, position);
            var dirtyEnd = (range.FirstBlock + range.BlockCount) << BlockShift;
            if (dirtyStart >= end || addedCount >= extentsMax)
                break;
            if (dirtyStart > position)
            {
                extents.Add(new StatusExtent(dirtyStart - position, 0));
                addedCount++;
            }

            position = dirtyStart;
            if (addedCount == extentsMax || dirtyEnd <= position)
                continue;
            extents.Add(new StatusExtent(dirtyEnd - position, StatusExtent.Dirty));
            addedCount++;
            position = dirtyEnd;
        }

        if (position < end && addedCount < extentsMax)
            extents.Add(new StatusExtent(((end + BlockMask) & ~BlockMask) - position, 0));
        return NbdError.None;
    }

    /// <inheritdoc/>
    public void Dispose() => _since.Dispose();
}
