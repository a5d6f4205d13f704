using System.Globalization;
using Tidemark.Catalog;
using Tidemark.Disks.Accounts;
using Tidemark.Disks.Events;
using Tidemark.Engine;

namespace Tidemark.Disks.Snapshots;

/// <summary>Reads what snapshots hold, for programs that have no NBD client.</summary>
public sealed class SnapshotContent
{
    /// <summary>The longest range that one request reads.</summary>
    public const int LengthBytesMax = 1 << 20;

    private const int BlockShift = 12;
    private const int BlockBytes = 1 << BlockShift;

    private readonly StorageEngine _engine;
    private readonly SqlCatalog _catalog;

    internal SnapshotContent(StorageEngine engine, SqlCatalog catalog)
    {
        _engine = engine;
        _catalog = catalog;
    }

    /// <summary>Reads a range: runs of data and runs of zeros in turn, without gaps, sorted by offset.</summary>
    /// <param name="snapshotId">The snapshot.</param>
    /// <param name="offset">Where to start, a multiple of 4096, within the snapshot.</param>
    /// <param name="lengthBytes">How much, a multiple of 4096 up to 1 MiB; cut at the snapshot's end.</param>
    /// <param name="scope">Whose snapshots may be named; null for all.</param>
    public IReadOnlyList<SnapshotRange> Read(string snapshotId, long offset, long lengthBytes, Scope? scope = null)
    {
        RequestRules.Id(snapshotId, "SnapshotId", Identifiers.SnapshotPrefix);
        var snapshot = _catalog.Read(reader => SnapshotTable.Get(reader, snapshotId, scope));
        try
        {
            using var view = _engine.OpenView(snapshot.LayerId);
            CheckAligned(RequestRules.Number(offset, "Offset", 0, view.SizeBytes - BlockBytes, 0), "Offset");
            CheckAligned(RequestRules.Number(lengthBytes, "Length", BlockBytes, LengthBytesMax, 0), "Length");
            return Read(view, offset, Math.Min(lengthBytes, view.SizeBytes - offset));
        }
        catch (EngineException problem)
        {
            throw AuditedWork.Translate(problem, "Reading", snapshotId);
        }
    }

    private static List<SnapshotRange> Read(LayerView view, long offset, long lengthBytes)
    {
        var ranges = new List<SnapshotRange>();
        var map = new List<BlockRange>();
        var endBlock = (offset + lengthBytes) >> BlockShift;
        for (var block = offset >> BlockShift; block < endBlock;)
        {
            map.Clear();
            view.MapAllocation(block, endBlock - block, (int)(endBlock - block), map);
            foreach (var range in map.Where(range => range.FirstBlock < endBlock))
            {
                var count = Math.Min(range.FirstBlock + range.BlockCount, endBlock) - block;
                ranges.Add(ReadRange(view, block << BlockShift, (int)(count << BlockShift), range.IsData));
                block += count;
            }
        }

        return ranges;
    }

    private static SnapshotRange ReadRange(LayerView view, long offset, int lengthBytes, bool isData)
    {
        if (!isData)
            return new SnapshotRange(offset, lengthBytes, null);
        var data = new byte[lengthBytes];
        var result = view.Read(offset, data);
        return result == IoResult.Done
            ? new SnapshotRange(offset, lengthBytes, data)
            : throw new DomainException(ErrorCode.OperationFailed, string.Create(CultureInfo.InvariantCulture,
                $"{lengthBytes} bytes at {offset} could not be read ({result}); the server's log says why."));
    }

    private static void CheckAligned(long value, string parameter)
    {
        if (value % BlockBytes != 0)
            throw RequestRules.BadValue(parameter, "a multiple of 4096", value);
    }
}
