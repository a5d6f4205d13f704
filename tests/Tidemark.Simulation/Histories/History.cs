using Tidemark.Engine;
using Tidemark.Engine.Catalog;
using Tidemark.Engine.Stores;

namespace Tidemark.Simulation.Histories;

/// <summary>
/// One random history of an engine over a simulated store beside a plain model. Everything is drawn from the seed; a
/// failure names the seed and the step, and replays alone.
/// </summary>
internal sealed partial class History
{
    private const long DiskBytes = 1L << 30;
    private const int SectorBytes = 512;
    private const int BlockBytes = 4096;
    private const long StepBytes = 1 << 20;

    // Compaction of a few blocks then takes several steps, and all sorts of things happen between them.
    private const long StepBytesSmall = 9000;

    private readonly Random _random;
    private readonly MemoryCatalog _catalog;
    private readonly List<DiskModel> _disks = [];
    private readonly List<SnapshotModel> _snapshots = [];
    private readonly List<string> _log = [];
    private readonly long[] _palette;
    private readonly HistoryOptions _options;
    private SimulatedStore _store = new();
    private StorageEngine _engine;
    private long _stamp;
    private int _diskNumber;

    /// <summary>Prepares a history.</summary>
    public History(int seed, HistoryOptions options)
    {
        Seed = seed;
        _options = options;
        _random = new Random(seed);
        _pages = new Random(seed);
        _catalog = new MemoryCatalog(new Guid(seed, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10));
        _palette = MakePalette();
        _engine = Open();
        CreateDisk(null);
    }

    /// <summary>The seed.</summary>
    public int Seed { get; }

    /// <summary>Bytes that compaction moved, over all openings of the engine.</summary>
    public long CompactedBytes { get; private set; }

    /// <summary>Runs so many operations, comparing as it goes; throws with the seed on the first difference.</summary>
    public void Run(int operationCount)
    {
        var step = 0;
        try
        {
            for (; step < operationCount; step++)
            {
                Operate();
            }

            FinishAndCompare();
        }
        catch (Exception e)
        {
            throw new InvalidOperationException(
                $"Seed {Seed}, step {step}: {e.Message}\nLast operations:\n  " +
                $"{string.Join("\n  ", _log.TakeLast(25))}", e);
        }
        finally
        {
            _engine.Dispose();
            _store.Dispose();
        }
    }

    private void Operate()
    {
        var choice = _random.Next(1000);
        Action operation = choice switch
        {
            < 420 => WriteSome,
            < 480 => WritePart,
            < 540 => ZeroSome,
            < 600 => Flush,
            < 690 => Cut,
            < 710 => CutGroup,
            < 740 => Clone,
            < 762 => Rollback,
            < 765 => Reset,
            < 835 => DeleteSnapshot,
            < 845 => DeleteDisk,
            < 880 => () => Background(false, 1 + _random.Next(4), StepBytes),
            < 900 => () => Background(false, 1 + _random.Next(6), StepBytesSmall),
            < 915 => () => Background(true, 1 + _random.Next(6), StepBytes),
            < 925 => () => Background(true, 1 + _random.Next(12), StepBytesSmall),
            < 945 => CompareOne,
            < 965 => CompareChanges,
            < 972 => CompareSizes,
            < 975 => CompareCheck,
            < 977 => () => Reopen(),
            < 980 => CloseOne,
            < 984 => FailInside,
            < 988 => CutPowerInside,
            < 993 => () => Crash(CrashKind.ProcessKilled),
            _ => () => Crash(CrashKind.PowerCut),
        };
        operation();
    }

    private StorageEngine Open() => StorageEngine.Open(_store, _catalog, new EngineOptions
    {
        MapBudgetBytes = _options.MapBudgetBytes,
        Compaction = _options.Compaction,
        GroupMembers = _options.GroupMembers,
        Log = message => _log.Add($"engine: {message.Text}"),
    });

    // A few neighbourhoods, so that writes collide, cross regions, and lie far apart.
    private long[] MakePalette()
    {
        var blocks = new List<long>();
        var neighbourhoods = 1 + _random.Next(4);
        for (var i = 0; i < neighbourhoods; i++)
        {
            var start = _random.NextInt64((DiskBytes / BlockBytes) - 64);
            start = _random.Next(2) == 0 ? start / 512 * 512 : start;
            blocks.AddRange(Enumerable.Range(0, 4 + _random.Next(28)).Select(offset => start + offset));
        }

        return [.. blocks.Distinct().Order()];
    }

    private T Pick<T>(IReadOnlyList<T> list) => list[_random.Next(list.Count)];

    private void Say(string text) => _log.Add(text);

    private static void Require(bool condition, string message)
    {
        if (!condition)
        {
            throw new InvalidOperationException(message);
        }
    }
}
