using System.Diagnostics;
using Tidemark.Catalog;
using Tidemark.Engine;
using Tidemark.Nbd;

namespace Tidemark.Disks.Measures;

/// <summary>
/// How long a server's inner work takes, counted since its start. The program makes one, gives its methods to store,
/// engine and catalog as listeners, and the whole to the domain. Safe for concurrent use; never locks, and allocates
/// nothing once it is made.
/// </summary>
public sealed class ServerMeasures
{
    private static readonly int WorkKindCount = Enum.GetValues<EngineWorkKind>().Length;

    private readonly LatencyHistogram[] _work = new LatencyHistogram[WorkKindCount];
    private readonly long[] _workBytes = new long[WorkKindCount];

    // The thread that steps alone uses it: pieces of work follow each other.
    private long _workStart;
    private long _syncErrorCount;
    private long _transactionCount;
    private long _commitErrorCount;
    private volatile string? _commitProblem;

    /// <summary>Makes one with nothing counted.</summary>
    public ServerMeasures()
    {
        for (var kind = 0; kind < WorkKindCount; kind++)
            _work[kind] = new LatencyHistogram();
    }

    /// <summary>Snapshots taken: from the request's turn until everything of it is durable.</summary>
    public LatencyHistogram Cuts { get; } = new();

    /// <summary>Syncs of a file's content (fdatasync), those that failed included.</summary>
    public LatencyHistogram Syncs { get; } = new();

    /// <summary>Syncs that failed.</summary>
    public long SyncErrorCount => Volatile.Read(ref _syncErrorCount);

    /// <summary>Commits of the catalog, each of one or more transactions; those that failed included.</summary>
    public LatencyHistogram Commits { get; } = new();

    /// <summary>Transactions that those commits carried.</summary>
    public long TransactionCount => Volatile.Read(ref _transactionCount);

    /// <summary>Commits that failed.</summary>
    public long CommitErrorCount => Volatile.Read(ref _commitErrorCount);

    /// <summary>Why the last commit failed; null when it did not.</summary>
    public string? CommitProblem => _commitProblem;

    /// <summary>Pieces of background work of a kind.</summary>
    public LatencyHistogram WorkOf(EngineWorkKind kind) => _work[(int)kind];

    /// <summary>What those pieces came to, see <see cref="EngineWork.Bytes"/>.</summary>
    public long WorkBytesOf(EngineWorkKind kind) => Volatile.Read(ref _workBytes[(int)kind]);

    /// <summary>For <see cref="EngineOptions.OnWork"/>.</summary>
    public void OnWork(EngineWork work)
    {
        if (!work.HasEnded)
        {
            _workStart = Stopwatch.GetTimestamp();
            return;
        }

        _work[(int)work.Kind].Record(Stopwatch.GetElapsedTime(_workStart));
        Interlocked.Add(ref _workBytes[(int)work.Kind], work.Bytes);
    }

    /// <summary>For <c>DirectoryStoreOptions.OnSynced</c>.</summary>
    public void OnSynced(TimeSpan elapsed, bool isDone)
    {
        Syncs.Record(elapsed);
        if (!isDone)
            Interlocked.Increment(ref _syncErrorCount);
    }

    /// <summary>For <see cref="SqlCatalogOptions.OnCommit"/>.</summary>
    public void OnCommit(CatalogCommit commit)
    {
        Commits.Record(commit.Elapsed);
        Interlocked.Add(ref _transactionCount, commit.TransactionCount);
        if (commit.Failure is not null)
            Interlocked.Increment(ref _commitErrorCount);
        _commitProblem = commit.Failure?.Message;
    }
}
