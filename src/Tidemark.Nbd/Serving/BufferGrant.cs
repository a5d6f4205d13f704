namespace Tidemark.Nbd.Serving;

/// <summary>
/// One connection's right to use more than the small part of its buffers. <see cref="Hold"/> and <see cref="Rest"/> are
/// the connection's thread's alone; while it rests, nothing behind the small part may be in use.
/// </summary>
internal sealed class BufferGrant : IDisposable
{
    private readonly LargeBuffers _all;
    private readonly List<TransferBuffer> _buffers = [];
    private volatile bool _isHeld;

    /// <summary>Holds nothing yet.</summary>
    public BufferGrant(LargeBuffers all)
    {
        _all = all;
        Node = new LinkedListNode<BufferGrant>(this);
    }

    /// <summary>Its place among those that rest; in no list otherwise. Guarded by the gate of all.</summary>
    internal LinkedListNode<BufferGrant> Node { get; }

    /// <summary>Whether the connection may use its buffers whole. Set under the gate of all.</summary>
    internal bool IsHeld
    {
        get => _isHeld;
        set => _isHeld = value;
    }

    /// <summary>A buffer that the grant is about; before the first use.</summary>
    public void Cover(TransferBuffer buffer) => _buffers.Add(buffer);

    /// <summary>Asked before the buffers are used beyond the small part; waits a second at most.</summary>
    public void Hold()
    {
        if (!_isHeld)
            _all.Hold(this);
    }

    /// <summary>Told before the thread waits for its client with nothing in the buffers.</summary>
    public void Rest()
    {
        if (_isHeld)
            _all.Rest(this);
    }

    /// <summary>Gives the memory behind the small part back; the content there is lost.</summary>
    internal void ForgetLarge()
    {
        foreach (var buffer in _buffers)
            buffer.Forget(LargeBuffers.SmallBytes);
    }

    /// <inheritdoc/>
    public void Dispose() => _all.End(this);
}
