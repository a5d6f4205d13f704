using Tidemark.Engine;
using Tidemark.Engine.Catalog;
using Tidemark.Engine.Stores;
using Tidemark.Simulation.Stores;

namespace Tidemark.Simulation.PowerCuts;

/// <summary>
/// A random run of an engine over a real directory whose system calls are recorded. It keeps, for each moment of the
/// record, which operations had been answered and what the catalog held, so that any image of a power cut can be
/// judged.
/// </summary>
internal sealed class RecordedRun : IDisposable
{
    private const long DiskBytes = 1L << 30;
    private const int BlockBytes = 4096;

    private readonly TemporaryFolder _folder = new();
    private readonly Random _random;
    private readonly List<DiskMoment> _states = [];
    private readonly List<(int Count, MemoryCatalog Catalog)> _catalogs = [];
    private readonly Dictionary<long, Dictionary<long, long>> _snapshots = [];
    private readonly SystemCallRecording _recording;
    private readonly DirectoryStore _store;
    private readonly int _seed;
    private Dictionary<long, long> _blocks = [];
    private long _stamp;
    private int _durableState;

    /// <summary>Runs so many operations.</summary>
    public RecordedRun(int seed, int operationCount)
    {
        _seed = seed;
        _random = new Random(seed);
        _store = new DirectoryStore(_folder.At("store"), Options);
        _recording = SystemCallRecording.Start(_store);
        var catalog = new MemoryCatalog(new Guid(seed, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1));
        _catalogs.Add((0, catalog.Copy()));
        catalog.Committed = () => _catalogs.Add((_recording.Count, catalog.Copy()));
        Answer(isDurable: true);
        var engine = StorageEngine.Open(_store, catalog, Engine);
        var disk = engine.CreateDisk("disk-a", DiskBytes, null);
        for (var i = 0; i < operationCount; i++)
        {
            Operate(engine, disk);
        }

        // The engine is left as it is: its end is one of the moments at which the power goes.
    }

    /// <summary>How many system calls there were.</summary>
    public int CallCount => _recording.Count;

    private static EngineOptions Engine => new()
    {
        MapBudgetBytes = 1,
        Compaction = new() { LivePercentMin = 90, ThinBytesMin = 0, SmallCountMin = 2, FreeBytesMin = 0 },
    };

    private static DirectoryStoreOptions Options => new() { ReserveSizeBytes = 0 };

    /// <summary>Cuts the power at a call, opens what is left, and compares; throws with what is wrong.</summary>
    public void CompareImage(int cutAt, int imageSeed)
    {
        using var folder = new TemporaryFolder();
        var path = folder.At("image");
        CrashImage.Build(_recording, cutAt, imageSeed, path);
        using var store = new DirectoryStore(path, Options);
        var catalog = CatalogAt(cutAt, imageSeed);
        using var engine = StorageEngine.Open(store, catalog, Engine);
        if (catalog.LoadDisks().Count == 0)
        {
            return;
        }

        var disk = engine.OpenDisk("disk-a");
        CompareDisk(disk, cutAt, imageSeed);
        foreach (var layer in catalog.LoadLayers().Where(layer => layer.NameCount > 0))
        {
            using var view = engine.OpenView(layer.LayerId);
            Require(Differs(view, _snapshots[layer.LayerId]), $"snapshot in layer {layer.LayerId}", cutAt, imageSeed);
        }

        GoOn(engine, disk, cutAt, imageSeed);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _recording.Dispose();
        _store.Dispose();
        _folder.Dispose();
    }

    private void Operate(StorageEngine engine, EngineDisk disk)
    {
        switch (_random.Next(20))
        {
            case < 11:
                Write(disk);
                break;
            case < 13:
                Zero(disk);
                break;
            case < 15:
                Require(disk.Flush() == IoResult.Done ? null : "a flush failed", "run", 0, 0);
                Answer(isDurable: true);
                break;
            case < 17:
                var layer = engine.Cut(["disk-a"])[0];
                _snapshots[layer] = new(_blocks);
                Answer(isDurable: true);
                break;
            case < 18 when _snapshots.Count > 2:
                var some = _snapshots.Keys.ElementAt(_random.Next(_snapshots.Count));
                DeleteOnce(engine, some);
                break;
            default:
                engine.Step(1 << 20, _random.Next(2) == 0);
                break;
        }
    }

    private readonly HashSet<long> _deleted = [];

    private void DeleteOnce(StorageEngine engine, long layer)
    {
        if (_deleted.Add(layer))
        {
            engine.DropNames([layer]);
        }
    }

    private void Write(EngineDisk disk)
    {
        var block = _random.Next(40) + (_random.Next(2) * 5000);
        var count = 1 + _random.Next(5);
        var stamp = ++_stamp;
        var next = new Dictionary<long, long>(_blocks);
        for (var i = 0; i < count; i++)
        {
            next[block + i] = stamp;
        }

        Begin(next);
        var payload = new byte[count * BlockBytes];
        payload.AsSpan().Fill((byte)stamp);
        Require(disk.Write([new WritePiece((long)block * BlockBytes, 0, payload.Length)], payload) == IoResult.Done
            ? null : "a write failed", "run", 0, 0);
        Answer(isDurable: false);
    }

    private void Zero(EngineDisk disk)
    {
        var block = _random.Next(40);
        var next = new Dictionary<long, long>(_blocks);
        for (var i = 0; i < 4; i++)
        {
            next.Remove(block + i);
        }

        Begin(next);
        var trimmed = disk.Trim((long)block * BlockBytes, 4 * BlockBytes);
        Require(trimmed == IoResult.Done ? null : "a trim failed", "run", 0, 0);
        Answer(isDurable: false);
    }

    // A state may be found from the moment its operation began, and must be found, or a later one, once it is durable.
    private void Begin(Dictionary<long, long> blocks)
    {
        _blocks = blocks;
        _states.Add(new DiskMoment(_recording.Count, _recording.Count, _durableState, blocks));
    }

    private void Answer(bool isDurable)
    {
        if (isDurable)
        {
            _durableState = Math.Max(0, _states.Count - 1);
            _states.Add(new DiskMoment(_recording.Count, _recording.Count, _durableState, _blocks));
        }
    }

    private void CompareDisk(EngineDisk disk, int cutAt, int imageSeed)
    {
        var last = _states.FindLastIndex(state => state.BeganAt <= cutAt);
        var first = _states[last].DurableState;
        string? difference = null;
        for (var i = last; i >= first; i--)
        {
            difference = Differs(disk, _states[i].Blocks);
            if (difference is null)
            {
                return;
            }
        }

        Require($"none of the {last - first + 1} possible states: {difference}", "the disk", cutAt, imageSeed);
    }

    // What was recovered can be written on, and drained, without loss.
    private void GoOn(StorageEngine engine, EngineDisk disk, int cutAt, int imageSeed)
    {
        var payload = new byte[BlockBytes];
        payload.AsSpan().Fill(0xEE);
        var written = disk.Write([new WritePiece(9000L * BlockBytes, 0, BlockBytes)], payload);
        var isWritable = written == IoResult.Done && disk.Flush() == IoResult.Done;
        Require(isWritable ? null : "cannot be written", "the disk", cutAt, imageSeed);
        for (var i = 0; i < 1000 && engine.Step(long.MaxValue, isIdle: true); i++)
        {
        }

        var problems = engine.Check().Problems;
        Require(problems.Count == 0 ? null : string.Join("; ", problems), "check", cutAt, imageSeed);
    }

    // Between a commit and the next call both the catalog before and the one after are possible.
    private MemoryCatalog CatalogAt(int cutAt, int imageSeed)
    {
        var last = _catalogs.FindLastIndex(entry => entry.Count <= cutAt);
        var isJustBefore = last > 0 && _catalogs[last].Count == cutAt && _catalogs[last - 1].Count < cutAt;
        return _catalogs[isJustBefore && (imageSeed & 1) == 1 && MayBeBefore(cutAt) ? last - 1 : last].Catalog.Copy();
    }

    // An answered cut or creation promises its commit.
    private bool MayBeBefore(int cutAt) => _states.TrueForAll(state => state.BeganAt != cutAt);

    private static string? Differs(ReadableDisk disk, Dictionary<long, long> expected)
    {
        var buffer = new byte[46 * BlockBytes];
        foreach (var start in new[] { 0L, 5000L })
        {
            var result = disk.Read(start * BlockBytes, buffer);
            if (result != IoResult.Done)
            {
                return $"reading at block {start} ended as {result}";
            }

            for (var i = 0; i < 46; i++)
            {
                var wanted = (byte)expected.GetValueOrDefault(start + i);
                var block = buffer.AsSpan(i * BlockBytes, BlockBytes);
                if (block.ContainsAnyExcept(wanted))
                {
                    return $"block {start + i}: expected {wanted}, found {block[0]}";
                }
            }
        }

        return null;
    }

    private void Require(string? difference, string subject, int cutAt, int imageSeed)
    {
        if (difference is not null)
        {
            throw new InvalidOperationException(
                $"Seed {_seed}, power cut at call {cutAt} of {CallCount}, image {imageSeed}: {subject}: {difference}");
        }
    }

    private sealed record DiskMoment(int BeganAt, int AnsweredAt, int DurableState, Dictionary<long, long> Blocks);
}
