using System.Diagnostics;
using Tidemark.Engine;
using Tidemark.Engine.Stores;

namespace Tidemark.Disks.Background;

/// <summary>
/// Work that nobody waits for, on three threads of its own: the engine's steps (merging, folding, giving space back),
/// chores by the clock (expiry, recycle bin, daily copy of the catalog), and measuring what snapshots hold. A failure
/// is logged and tried again later; the threads end only when the work is disposed.
/// </summary>
public sealed class BackgroundWork : IDisposable
{
    private const int BackOffMax = 6;
    private const int TokensMax = 1000;
    private const int MeasureShare = 4;
    // Files that recovery moved out of the way are kept for a day, should somebody miss them.
    private static readonly TimeSpan LostKept = TimeSpan.FromHours(24);
    private static readonly TimeSpan IdleAfter = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan RestWithoutWork = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan RestWhenFull = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ChoreTick = TimeSpan.FromSeconds(1);

    private readonly DomainParts _parts;
    private readonly DiskDomain _domain;
    private readonly IReadOnlyList<Chore> _chores;
    private readonly ManualResetEventSlim _isStopping = new();
    private readonly List<Thread> _threads = [];
    private readonly WorkPace _pace = new(TimeProvider.System);
    private long _writesSeen;
    private DateTimeOffset _lastWriteTime;

    internal BackgroundWork(DomainParts parts, DiskDomain domain, DiskRemoval removal)
    {
        _parts = parts;
        _domain = domain;
        _lastWriteTime = parts.Now;
        _chores =
        [
            new Chore("expiry of snapshots", TimeSpan.FromSeconds(30), () => domain.Snapshots.DeleteExpired() > 0),
            new Chore("purge of snapshots", TimeSpan.FromMinutes(1), () => domain.Snapshots.PurgeDeleted() > 0),
            new Chore("snapshot policies", TimeSpan.FromSeconds(1), domain.Policies.RunDue),
            new Chore("recycle bin", TimeSpan.FromMinutes(1), () => domain.Disks.DestroyExpired() > 0),
            new Chore("disks kept for undelete", TimeSpan.FromMinutes(1), () => domain.Deleted.DestroyOld() > 0),
            new Chore("removal of disks", TimeSpan.FromMinutes(1), () =>
            {
                removal.CarryOutPending();
                return false;
            }),
            new Chore("rollbacks to groups", TimeSpan.FromSeconds(5), () =>
            {
                domain.Groups.CarryOutPending();
                return false;
            }),
            new Chore("copies to other regions", TimeSpan.FromSeconds(1), domain.Copies.Advance),
            new Chore("performance limits", TimeSpan.FromSeconds(5), () =>
            {
                parts.Paces?.RefreshAll();
                return false;
            }),
            new Chore("client tokens", TimeSpan.FromHours(1), ForgetTokens),
            new Chore("daily copy of the catalog", TimeSpan.FromMinutes(10), TidyUp),
        ];
    }

    /// <summary>Starts the threads; once.</summary>
    public void Start()
    {
        if (_threads.Count > 0)
            throw new InvalidOperationException("The background work was started before.");
        _threads.Add(new Thread(RunSteps) { Name = "engine steps", IsBackground = true });
        _threads.Add(new Thread(RunChores) { Name = "chores", IsBackground = true });
        _threads.Add(new Thread(RunMeasuring) { Name = "snapshot sizes", IsBackground = true });
        _threads.ForEach(thread => thread.Start());
    }

    /// <summary>
    /// Ends the threads after the piece of work that each is at. To be called before the engine is disposed.
    /// </summary>
    public void Dispose()
    {
        _isStopping.Set();
        _threads.ForEach(thread => thread.Join());
        _threads.Clear();
    }

    /// <summary>Runs the chores whose time has come.</summary>
    internal void RunChoresOnce()
    {
        foreach (var chore in _chores)
            chore.RunIfDue(_parts.Now, LogFailure);
    }

    /// <summary>Measures whatever somebody asked for and was told an old figure of.</summary>
    internal void MeasureOnce()
    {
        while (_parts.Sizes.MeasureNext())
        {
        }
    }

    // A list of many disks must not become a walk of all their indexes at once: it takes a fifth of one core.
    private void RunMeasuring()
    {
        var rest = RestWithoutWork;
        while (!_isStopping.Wait(rest))
        {
            var start = Stopwatch.GetTimestamp();
            try
            {
                rest = _parts.Sizes.MeasureNext() ? Stopwatch.GetElapsedTime(start) * MeasureShare : RestWithoutWork;
            }
            catch (Exception problem)
            {
                // Top of the thread: without it figures would grow old and nobody would know.
                rest = RestWhenFull;
                LogFailure("snapshot sizes", problem);
            }
        }
    }

    private void RunChores()
    {
        do
            RunChoresOnce();
        while (!_isStopping.Wait(ChoreTick));
    }

    private void RunSteps()
    {
        var failureCount = 0;
        var isFullSaid = false;
        var rest = TimeSpan.Zero;
        while (!_isStopping.Wait(rest))
        {
            try
            {
                rest = StepOnce();
                failureCount = 0;
                isFullSaid = isFullSaid && _parts.Engine.IsFull;
            }
            catch (StoreException full) when (full.Fault == StoreFault.NoSpace)
            {
                // Looked at often, so that work goes on as soon as there is room, and said once.
                rest = RestWhenFull;
                if (!isFullSaid)
                    _parts.Options.Log?.Invoke(new EngineMessage(true, $"The store is full: {full.Message}"));
                isFullSaid = true;
            }
            catch (Exception problem)
            {
                // Top of the thread: without it no space would ever come back.
                failureCount = Math.Min(failureCount + 1, BackOffMax);
                rest = TimeSpan.FromSeconds(1 << failureCount);
                LogFailure("engine step", problem);
            }
        }
    }

    // Returns how long to rest. The pace is kept by the machine's clock, whatever day the domain's clock says.
    private TimeSpan StepOnce()
    {
        var isIdle = IsIdle();
        var budgetBytes = _pace.NextBudget(isIdle, _domain.Exports.Activity.Answered);
        var start = Stopwatch.GetTimestamp();
        var isBusy = _parts.Engine.StepWithin(budgetBytes, isIdle, out var spentBytes);
        var rest = _pace.RestAfter(spentBytes, Stopwatch.GetElapsedTime(start));
        _domain.Watch.Refresh();
        return isBusy ? rest : RestWithoutWork;
    }

    private bool IsIdle()
    {
        var now = _parts.Now;
        var count = _domain.Exports.Activity.Count;
        if (count != _writesSeen)
        {
            _writesSeen = count;
            _lastWriteTime = now;
        }

        return now - _lastWriteTime >= IdleAfter;
    }

    private bool ForgetTokens()
    {
        var time = _parts.Now - _parts.Options.ClientTokenTime;
        var tokens = _parts.Catalog.Read(reader => ClientTokens.Before(reader, time, TokensMax));
        if (tokens.Count == 0)
            return false;
        _parts.Commit(transaction =>
        {
            foreach (var token in tokens)
                ClientTokens.Delete(transaction, token);
        });
        return true;
    }

    private bool TidyUp()
    {
        // A copy in a full store would take what deletion needs.
        if (!_parts.Engine.IsFull)
            _parts.Catalog.CopyDaily(DateOnly.FromDateTime(_parts.Now.UtcDateTime));
        _parts.Engine.PurgeLost(_parts.Now - LostKept);
        _domain.Exports.ForgetGone();
        _parts.Sizes.ForgetOld();
        return false;
    }

    private void LogFailure(string what, Exception problem) => _parts.Options.Log?.Invoke(new EngineMessage(
        true, $"Background work ({what}) failed and is tried again: {problem}"));
}
