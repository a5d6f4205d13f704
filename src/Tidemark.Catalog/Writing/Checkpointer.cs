using Microsoft.Data.Sqlite;
using Tidemark.Catalog.Journal;
using Tidemark.Engine;

namespace Tidemark.Catalog.Writing;

/// <summary>
/// Moves SQLite's log into the database, makes the journal durable and renews its base, once a second on a thread of
/// its own, so that no commit ever waits for that. A failure is logged and tried again.
/// </summary>
internal sealed class Checkpointer : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly SqliteConnection _connection;
    private readonly StoreJournal _journal;
    private readonly Func<long> _generation;
    private readonly Action<EngineMessage>? _log;
    private readonly ManualResetEventSlim _isStopping = new();
    private readonly Thread _thread;
    private string _lastProblem = string.Empty;
    private long _checkpointedGeneration = -1;

    /// <summary>Starts the thread. Owns the connection, not the journal.</summary>
    public Checkpointer(
        SqliteConnection connection, StoreJournal journal, Func<long> generation, Action<EngineMessage>? log)
    {
        _connection = connection;
        _journal = journal;
        _generation = generation;
        _log = log;
        _thread = new Thread(Run) { Name = "catalog checkpoints", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Ends the thread after a last round.</summary>
    public void Dispose()
    {
        _isStopping.Set();
        _thread.Join();
        _isStopping.Dispose();
        _connection.Dispose();
    }

    private void Run()
    {
        while (!_isStopping.Wait(Interval))
            RunOnce();
        RunOnce();
    }

    private void Checkpoint()
    {
        var generation = _generation();
        if (generation == _checkpointedGeneration)
            return;
        SqlText.Execute(_connection, "PRAGMA wal_checkpoint(PASSIVE)");
        _checkpointedGeneration = generation;
    }

    private void RunOnce()
    {
        try
        {
            _journal.Sync();
            Checkpoint();

            // Last, because it takes the most room: a file system that is full still gets its checkpoints.
            if (_journal.IsBaseDue)
                _journal.WriteBase(_connection, _generation());
            _lastProblem = string.Empty;
        }
        catch (Exception problem)
        {
            // Top of the thread: it must go on. The same problem is said once.
            if (problem.Message != _lastProblem)
                _log?.Invoke(new EngineMessage(true, $"The catalog's checkpoint failed and is tried again: {problem}"));
            _lastProblem = problem.Message;
        }
    }
}
