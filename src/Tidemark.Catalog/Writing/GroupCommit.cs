using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Tidemark.Catalog.Journal;
using Tidemark.Engine;
using Tidemark.Engine.Catalog;

namespace Tidemark.Catalog.Writing;

/// <summary>
/// The one writer of the database. Transactions that wait at the same time share one commit, each in a savepoint of its
/// own, so that one that fails takes none of the others with it. Owns its thread and its connection.
/// </summary>
internal sealed class GroupCommit : IDisposable
{
    private const int QueueLengthMax = 1024;
    private const int GroupSizeMax = 128;

    private readonly SqliteConnection _connection;
    private readonly StatementCache _statements;
    private readonly StoreJournal _journal;
    private readonly TimeProvider _clock;
    private readonly Action<CatalogCommit>? _onCommit;
    private readonly Action<CommitPoint>? _onPoint;
    private readonly BlockingCollection<PendingCommit> _queue = new(QueueLengthMax);
    private readonly List<PendingCommit> _group = new(GroupSizeMax);
    private readonly Thread _thread;
    private long _generation;

    /// <summary>Starts the writer.</summary>
    public GroupCommit(
        SqliteConnection connection, StoreJournal journal, long generation, SqlCatalogOptions options)
    {
        _connection = connection;
        _statements = new StatementCache(connection);
        _journal = journal;
        _generation = generation;
        _clock = options.Clock;
        _onCommit = options.OnCommit;
        _onPoint = options.OnPoint;
        _thread = new Thread(Run) { Name = "catalog writer", IsBackground = true };
        _thread.Start();
    }

    /// <summary>The number of commits so far.</summary>
    public long Generation => Volatile.Read(ref _generation);

    /// <summary>Runs one transaction on the writer's thread; durable on return.</summary>
    public void Commit(Action<CatalogTransaction> changes)
    {
        if (Thread.CurrentThread == _thread)
            throw new InvalidOperationException("A transaction may not commit another one: it would wait for itself.");
        using var pending = new PendingCommit(changes);
        try
        {
            _queue.Add(pending);
        }
        catch (InvalidOperationException closed)
        {
            throw new EngineException(EngineFault.Conflict, "The catalog is closed; nothing was committed.", closed);
        }

        pending.Wait();
    }

    /// <summary>Commits what waits, ends the thread and closes the connection.</summary>
    public void Dispose()
    {
        _queue.CompleteAdding();
        _thread.Join();
        _queue.Dispose();
        _statements.Dispose();
        _connection.Dispose();
    }

    private void Run()
    {
        foreach (var first in _queue.GetConsumingEnumerable())
        {
            _group.Clear();
            _group.Add(first);
            while (_group.Count < GroupSizeMax && _queue.TryTake(out var next))
                _group.Add(next);
            var start = _clock.GetTimestamp();
            var failure = CommitGroup();
            _onCommit?.Invoke(new CatalogCommit(_clock.GetElapsedTime(start), _group.Count, failure));
        }
    }

    // Returns why nothing was committed; null when it was.
    private Exception? CommitGroup()
    {
        try
        {
            _onPoint?.Invoke(CommitPoint.Begun);
            _statements.Run("BEGIN IMMEDIATE", []);
            var generation = _generation;
            foreach (var pending in _group)
                generation += TryRun(pending, generation + 1) ? 1 : 0;
            _statements.Run("UPDATE meta SET generation = $p0", [generation]);
            _onPoint?.Invoke(CommitPoint.Changed);
            _statements.Run("COMMIT", []);
            Volatile.Write(ref _generation, generation);
            _onPoint?.Invoke(CommitPoint.Committed);
        }
        catch (Exception problem)
        {
            // Top of the writer's work: whatever it is, the callers get it, and the next group starts afresh.
            FailGroup(problem);
            return problem;
        }

        Publish();
        return null;
    }

    // True when the changes are part of the group's transaction.
    private bool TryRun(PendingCommit pending, long generation)
    {
        var transaction = new SqlTransaction(_connection, _statements, generation);
        _statements.Run("SAVEPOINT one", []);
        try
        {
            pending.Changes(transaction);
            _statements.Run("RELEASE one", []);
            pending.Transaction = transaction;
            return true;
        }
        catch (Exception problem)
        {
            // A full disk makes SQLite roll back everything; then this throws, and the whole group fails.
            _statements.Run("ROLLBACK TO one", []);
            _statements.Run("RELEASE one", []);
            transaction.Changes.Dispose();
            pending.Fail(problem);
            return false;
        }
    }

    private void Publish()
    {
        foreach (var pending in _group)
        {
            if (pending.Transaction is not { } transaction)
                continue;
            _journal.Append(transaction.Generation, transaction.Changes.ToPayload());
            Answer(pending);
        }
    }

    private void Answer(PendingCommit pending)
    {
        try
        {
            _onPoint?.Invoke(CommitPoint.Journaled);
        }
        catch (Exception problem)
        {
            // The listener ended the process for this caller: what is committed stays so.
            pending.Fail(problem);
            return;
        }

        pending.Succeed();
    }

    private void FailGroup(Exception problem)
    {
        try
        {
            _statements.Run("ROLLBACK", []);
        }
        catch (SqliteException)
        {
            // There is no transaction any more: SQLite rolled it back itself.
        }

        foreach (var pending in _group)
            pending.Fail(problem);
    }
}
