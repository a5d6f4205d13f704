using System.Diagnostics;
using System.Globalization;

namespace Tidemark.Disks;

/// <summary>
/// Who is connected to which disk over NBD, so that a rollback or a termination can refuse, or disconnect them; while
/// such an operation runs, nobody new gets in.
/// </summary>
public sealed class DiskClients
{
    private static readonly TimeSpan LeaveTimeout = TimeSpan.FromSeconds(10);

    // A client that has just said goodbye is counted until its thread has ended; it is no reason to refuse.
    private static readonly TimeSpan GoodbyeTime = TimeSpan.FromMilliseconds(500);

    // Guards the members below.
    private readonly object _lock = new();
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly HashSet<string> _closed = new(StringComparer.Ordinal);

    /// <summary>
    /// Disconnects the clients of a disk and waits until they are gone; set by the program once the NBD server exists.
    /// Null: nobody can be disconnected.
    /// </summary>
    public Action<string>? Disconnect { get; set; }

    /// <summary>Clients connected to a disk now.</summary>
    public int Count(string diskId)
    {
        lock (_lock)
            return _counts.GetValueOrDefault(diskId);
    }

    /// <summary>Lets a client in; false while the disk is being rolled back or terminated.</summary>
    internal bool TryEnter(string diskId)
    {
        lock (_lock)
        {
            if (_closed.Contains(diskId))
                return false;
            _counts[diskId] = _counts.GetValueOrDefault(diskId) + 1;
            return true;
        }
    }

    /// <summary>A client that was let in has gone.</summary>
    internal void Leave(string diskId)
    {
        lock (_lock)
        {
            var left = _counts.GetValueOrDefault(diskId) - 1;
            if (left > 0)
                _counts[diskId] = left;
            else
                _counts.Remove(diskId);
            Monitor.PulseAll(_lock);
        }
    }

    /// <summary>Runs something while no client is connected to these disks and none can connect.</summary>
    /// <exception cref="DomainException">A client is connected and may not, or could not, be disconnected.</exception>
    internal void RunAlone(IReadOnlyList<string> diskIds, bool disconnectClients, Action body)
    {
        Close(diskIds, disconnectClients);
        try
        {
            if (disconnectClients)
            {
                foreach (var diskId in diskIds)
                    DisconnectAll(diskId);
            }

            body();
        }
        finally
        {
            lock (_lock)
                _closed.ExceptWith(diskIds);
        }
    }

    // All or none.
    private void Close(IReadOnlyList<string> diskIds, bool disconnectClients)
    {
        lock (_lock)
        {
            if (!disconnectClients)
                AwaitGoodbyes(diskIds);
            foreach (var diskId in diskIds)
            {
                if (_closed.Contains(diskId))
                    throw new DomainException(ErrorCode.Busy, $"Disk {diskId} is being changed; try again soon.");
                var count = _counts.GetValueOrDefault(diskId);
                if (count > 0 && (!disconnectClients || Disconnect is null))
                    throw Connected(diskId, count);
            }

            _closed.UnionWith(diskIds);
        }
    }

    // Under the lock, which waiting gives back.
    private void AwaitGoodbyes(IReadOnlyList<string> diskIds)
    {
        var start = Stopwatch.GetTimestamp();
        while (diskIds.Any(_counts.ContainsKey))
        {
            var left = GoodbyeTime - Stopwatch.GetElapsedTime(start);
            if (left <= TimeSpan.Zero || !Monitor.Wait(_lock, left))
                return;
        }
    }

    private void DisconnectAll(string diskId)
    {
        if (Count(diskId) == 0)
            return;
        Disconnect?.Invoke(diskId);
        lock (_lock)
        {
            while (_counts.GetValueOrDefault(diskId) > 0)
            {
                if (!Monitor.Wait(_lock, LeaveTimeout))
                {
                    throw new DomainException(ErrorCode.Busy,
                        $"A client of disk {diskId} was disconnected but still has requests running; try again.");
                }
            }
        }
    }

    private static DomainException Connected(string diskId, int count) => new(
        ErrorCode.WrongState,
        string.Create(CultureInfo.InvariantCulture,
            $"Disk {diskId} has {count} connected NBD client(s). ") +
        "Disconnect them first (unmount, then nbd-client -d), or ask for disconnection with the request " +
        "(DisconnectClients, --force).");
}
