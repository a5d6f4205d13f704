using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Tidemark.Catalog;

/// <summary>
/// Connections that only read. One that is not in use is kept for the next reader, up to a few. Safe for concurrent
/// use.
/// </summary>
/// <param name="path">The database.</param>
internal sealed class ReaderPool(string path) : IDisposable
{
    private const int KeptMax = 16;

    private readonly ConcurrentBag<SqliteConnection> _kept = [];
    private volatile bool _isDisposed;

    /// <summary>Reads at one instant.</summary>
    public T Read<T>(Func<SqliteConnection, T> read)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (!_kept.TryTake(out var connection))
            connection = SqlConnections.Open(path);
        var isSound = false;
        try
        {
            T result;
            using (connection.BeginTransaction(deferred: true))
                result = read(connection);
            isSound = true;
            return result;
        }
        catch (Exception problem) when (problem is not SqliteException)
        {
            // The reader's own refusal; the connection is as good as before.
            isSound = true;
            throw;
        }
        finally
        {
            if (isSound && !_isDisposed && _kept.Count < KeptMax)
                _kept.Add(connection);
            else
                connection.Dispose();
        }
    }

    /// <summary>Closes the connections that are kept; those in use are closed when they come back.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        while (_kept.TryTake(out var connection))
            connection.Dispose();
    }
}
