namespace Tidemark.Nbd.Serving;

/// <summary>
/// How many connections may have large requests in memory at once. Each has addresses for 1 MiB each way, and uses the
/// first <see cref="SmallBytes"/> of each as it likes; for more it needs a grant. One that waits for its client keeps
/// its grant, and the memory, until another connection needs it. Nobody waits longer than a second: then a client that
/// sends slowly has more than its share, and the bound is exceeded rather than everybody held up.
/// </summary>
/// <param name="grantsMax">Grants at a time; at least 1.</param>
internal sealed class LargeBuffers(int grantsMax)
{
    /// <summary>What a connection uses of each buffer without a grant.</summary>
    public const int SmallBytes = 192 * 1024;

    /// <summary>What a grant stands for: both halves of the one, the other, and what the storage gathers.</summary>
    public const long GrantBytes = 4L * Export.PieceMaxBytes;

    private static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(1);

    private readonly object _gate = new();
    private readonly LinkedList<BufferGrant> _resting = [];
    private int _count;

    /// <summary>Grants that are held or resting.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Gives a grant, taking it from a connection that rests when it must.</summary>
    public void Hold(BufferGrant grant)
    {
        lock (_gate)
        {
            var isLate = false;
            while (!TryHold(grant, isLate))
                isLate = !Monitor.Wait(_gate, WaitMax);
        }
    }

    /// <summary>The connection waits for its client: the grant may be taken away.</summary>
    public void Rest(BufferGrant grant)
    {
        lock (_gate)
        {
            grant.IsHeld = false;
            if (_count > grantsMax)
            {
                TakeAway(grant);
                return;
            }

            _resting.AddLast(grant.Node);
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>The connection ends; its buffers go with it.</summary>
    public void End(BufferGrant grant)
    {
        lock (_gate)
        {
            if (grant.Node.List is null && !grant.IsHeld)
                return;
            if (grant.Node.List is not null)
                _resting.Remove(grant.Node);
            grant.IsHeld = false;
            _count--;
            Monitor.Pulse(_gate);
        }
    }

    private bool TryHold(BufferGrant grant, bool isLate)
    {
        if (grant.Node.List is not null)
        {
            _resting.Remove(grant.Node);
            grant.IsHeld = true;
            return true;
        }

        if (_count >= grantsMax && _resting.First is { } longest)
        {
            _resting.RemoveFirst();
            TakeAway(longest.Value);
        }

        grant.IsHeld = _count < grantsMax || isLate;
        _count += grant.IsHeld ? 1 : 0;
        return grant.IsHeld;
    }

    private void TakeAway(BufferGrant grant)
    {
        grant.ForgetLarge();
        _count--;
    }
}
