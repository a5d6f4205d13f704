using System.Globalization;
using Tidemark.Catalog;
using Tidemark.Disks.Accounts;
using Tidemark.Engine;

namespace Tidemark.Disks.Snapshots;

/// <summary>Questions about what snapshots hold; the extension actions answer with these.</summary>
public sealed class SnapshotReports
{
    private const int BlockShift = 12;
    private const int SizesMax = 100;
    private const int FreedMax = 1000;
    private const int ExtentsMax = 10_000;

    private readonly StorageEngine _engine;
    private readonly SqlCatalog _catalog;
    private readonly SnapshotSizeCache _sizes;

    internal SnapshotReports(StorageEngine engine, SqlCatalog catalog, SnapshotSizeCache sizes)
    {
        _engine = engine;
        _catalog = catalog;
        _sizes = sizes;
    }

    /// <summary>Figures for a status page.</summary>
    public EngineStatistics Statistics => _engine.Statistics;

    /// <summary>
    /// All snapshots of an account in a region, and what they hold together. Answered at once, with what was measured
    /// last.
    /// </summary>
    public SnapshotOverview Overview(Scope scope) => _sizes.Overview(scope);

    /// <summary>Sizes of snapshots, 1 to 100, in the order asked; unknown ids are refused.</summary>
    public IReadOnlyList<SnapshotSizes> Sizes(
        IReadOnlyList<string> snapshotIds, Scope? scope = null) => Ask("sizes", () =>
    {
        var snapshots = Load(RequestRules.Ids(snapshotIds, "SnapshotIds", Identifiers.SnapshotPrefix, SizesMax), scope);
        return snapshots.ConvertAll(snapshot =>
        {
            var sizes = _engine.Sizes(snapshot.LayerId);
            return new SnapshotSizes(
                snapshot.SnapshotId, sizes.IsExact, sizes.ReferencedBytes, sizes.UniqueBytes, sizes.SharedBytes,
                sizes.ChangedBytes);
        });
    });

    /// <summary>Bytes that would come back if these snapshots (at most 1,000) were deleted together.</summary>
    public long FreedIfDeleted(IReadOnlyList<string> snapshotIds, Scope? scope = null) => Ask("freed bytes", () =>
    {
        var snapshots = Load(RequestRules.Ids(snapshotIds, "SnapshotIds", Identifiers.SnapshotPrefix, FreedMax), scope);
        return _engine.FreedIfDropped(snapshots.ConvertAll(snapshot => snapshot.LayerId), []);
    });

    /// <summary>
    /// Extents written or trimmed between two snapshots of one family, whichever is older, a page at a time. When
    /// <paramref name="fromSnapshotId"/> is null: everything that <paramref name="toSnapshotId"/> holds data for.
    /// </summary>
    /// <param name="fromSnapshotId">The snapshot to compare with, or null.</param>
    /// <param name="toSnapshotId">The snapshot described.</param>
    /// <param name="extentsMax">1 to 10,000.</param>
    /// <param name="token">Null for the first page, then <see cref="ChangedPage.NextToken"/>.</param>
    /// <param name="scope">Whose snapshots may be named; null for all.</param>
    public ChangedPage Changed(
        string? fromSnapshotId, string toSnapshotId, int extentsMax, string? token, Scope? scope = null) =>
        Ask("differences", () =>
        {
            using var view = _engine.OpenView(Load([toSnapshotId], scope)[0].LayerId);
            return Describe(fromSnapshotId, toSnapshotId, view, extentsMax, token, scope);
        });

    /// <summary>
    /// The same for what a disk holds now: each page has every write that was answered before it was asked for.
    /// </summary>
    public ChangedPage ChangedOnDisk(
        string? fromSnapshotId, string diskId, int extentsMax, string? token, Scope? scope = null) =>
        Ask("differences", () =>
        {
            _catalog.Read(reader => DiskTable.Get(reader, diskId, scope));
            var disk = _engine.OpenDisk(diskId);
            return disk.IsFaulted
                ? throw new EngineException(EngineFault.Faulted,
                    $"Disk {diskId} is faulted after a device error; it is opened anew when its clients have left.")
                : Describe(fromSnapshotId, diskId, disk, extentsMax, token, scope);
        });

    /// <summary>Verifies everything reachable on the live store. Takes as long as reading it does.</summary>
    public CheckReport Check(IProgress<long>? progress, CancellationToken cancellation) =>
        _engine.Check(progress, cancellation);

    private static T Ask<T>(string what, Func<T> body)
    {
        try
        {
            return body();
        }
        catch (EngineException problem)
        {
            throw Events.AuditedWork.Translate(problem, "Reading", what);
        }
    }

    private ChangedPage Describe(
        string? fromSnapshotId, string toId, ReadableDisk to, int extentsMax, string? token, Scope? scope)
    {
        var countMax = (int)RequestRules.Number(extentsMax, "MaxResults", 1, ExtentsMax, ExtentsMax);
        var startBlock = ParseToken(token);
        var ranges = string.IsNullOrEmpty(fromSnapshotId)
            ? Held(to, startBlock, countMax + 1)
            : Between(Load([fromSnapshotId], scope)[0], toId, to, startBlock, countMax + 1);
        return ToPage(ranges, countMax, to.SizeBytes);
    }

    private List<BlockRange> Between(Snapshot from, string toId, ReadableDisk to, long startBlock, int countMax)
    {
        try
        {
            return [.. _engine.Changed(from.LayerId, to, startBlock).Take(countMax)];
        }
        catch (EngineException problem) when (problem.Fault == EngineFault.Conflict)
        {
            throw new DomainException(ErrorCode.InvalidParameter,
                $"{from.SnapshotId} and {toId} have no common ancestor: {problem.Message}", problem);
        }
    }

    private static List<BlockRange> Held(ReadableDisk disk, long startBlock, int countMax)
    {
        var endBlock = disk.SizeBytes >> BlockShift;
        var held = new List<BlockRange>();
        var batch = new List<BlockRange>();
        for (var block = startBlock; block < endBlock && held.Count < countMax;)
        {
            batch.Clear();
            disk.MapAllocation(block, endBlock - block, countMax, batch);
            if (batch.Count == 0)
                break;
            held.AddRange(batch.Where(range => range.IsData));
            block = batch[^1].FirstBlock + batch[^1].BlockCount;
        }

        return held;
    }

    private static ChangedPage ToPage(List<BlockRange> ranges, int countMax, long sizeBytes)
    {
        var next = ranges.Count > countMax
            ? ranges[countMax].FirstBlock.ToString(CultureInfo.InvariantCulture)
            : null;
        var extents = ranges.Take(countMax).Select(range => new ChangedExtent(
            range.FirstBlock << BlockShift, range.BlockCount << BlockShift, range.IsData));
        return new ChangedPage([.. extents], next, sizeBytes);
    }

    private static long ParseToken(string? token)
    {
        if (string.IsNullOrEmpty(token))
            return 0;
        return long.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var block)
            ? block
            : throw RequestRules.BadValue("NextToken", "one that an earlier page returned", token);
    }

    private List<Snapshot> Load(IReadOnlyList<string> ids, Scope? scope) =>
        _catalog.Read(reader => ids.Select(id => SnapshotTable.Get(reader, id, scope)).ToList());
}
