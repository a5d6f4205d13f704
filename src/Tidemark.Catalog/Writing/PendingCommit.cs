using System.Runtime.ExceptionServices;
using Tidemark.Engine.Catalog;

namespace Tidemark.Catalog.Writing;

/// <summary>A transaction that waits for the writer, and what became of it.</summary>
/// <param name="changes">What to do in it.</param>
internal sealed class PendingCommit(Action<CatalogTransaction> changes) : IDisposable
{
    private readonly ManualResetEventSlim _isDone = new();
    private ExceptionDispatchInfo? _failure;

    /// <summary>What to do in it.</summary>
    public Action<CatalogTransaction> Changes { get; } = changes;

    /// <summary>Its transaction while it waits for the group's commit; null when it failed.</summary>
    public SqlTransaction? Transaction { get; set; }

    /// <summary>Tells the waiting caller that it is durable.</summary>
    public void Succeed() => _isDone.Set();

    /// <summary>Tells the waiting caller that nothing of it happened.</summary>
    public void Fail(Exception problem)
    {
        _failure = ExceptionDispatchInfo.Capture(problem);
        _isDone.Set();
    }

    /// <summary>Waits, and throws what went wrong. The writer answers every transaction that it took.</summary>
    public void Wait()
    {
        _isDone.Wait();
        _failure?.Throw();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Transaction?.Changes.Dispose();
        _isDone.Dispose();
    }
}
