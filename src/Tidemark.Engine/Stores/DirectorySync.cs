namespace Tidemark.Engine.Stores;

/// <summary>Remembers which directories of an area have changed and makes exactly those durable.</summary>
/// <param name="libC">The system.</param>
internal sealed class DirectorySync(LibC libC)
{
    private readonly Lock _gate = new(); // guards _touched
    private readonly Lock _syncing = new(); // guards _failure; held during the syncs
    private readonly HashSet<string> _touched = new(StringComparer.Ordinal);
    private StoreException? _failure;

    /// <summary>
    /// Marks a directory as changed. Called after the change: a mark set before could be taken away by a sync that does
    /// not yet see the change.
    /// </summary>
    public void Touch(string directory)
    {
        lock (_gate)
            _touched.Add(directory);
    }

    /// <summary>
    /// Makes all changes durable that were marked before the call. A second caller waits for the first, as the first
    /// may be syncing what the second changed. A failure is final: the system may have dropped the changes, and a retry
    /// would find nothing to do and succeed.
    /// </summary>
    public void Sync()
    {
        lock (_syncing)
        {
            if (_failure is not null)
            {
                throw new StoreException(
                    StoreFault.Io,
                    "An earlier sync of the store's directories failed, so that nothing after it can be trusted: "
                    + $"open the store again. The first failure: {_failure.Message}",
                    _failure);
            }

            try
            {
                foreach (var directory in TakeTouched())
                    libC.SyncDirectory(directory);
            }
            catch (StoreException exception)
            {
                _failure = exception;
                throw;
            }
        }
    }

    private string[] TakeTouched()
    {
        lock (_gate)
        {
            string[] touched = [.. _touched];
            _touched.Clear();
            return touched;
        }
    }
}
