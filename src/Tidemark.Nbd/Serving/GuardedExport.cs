namespace Tidemark.Nbd.Serving;

/// <summary>
/// An export whose exceptions end as <see cref="NbdError.Io"/> and an event: a fault in the storage fails the request,
/// never the connection.
/// </summary>
internal sealed class GuardedExport(Export export, Action<Exception> onException)
{
    private readonly Action<Exception> _onException = onException;

    /// <summary>The export itself, for its properties and checks.</summary>
    public Export Export { get; } = export;

    /// <inheritdoc cref="Export.Read"/>
    public NbdError Read(long offset, Span<byte> destination)
    {
        try
        {
            return Export.Read(offset, destination);
        }
        catch (Exception e)
        {
            return Fail(e);
        }
    }

    /// <inheritdoc cref="Export.TryReadResident"/>
    public NbdError TryReadResident(long offset, Span<byte> destination, out bool wouldBlock)
    {
        try
        {
            return Export.TryReadResident(offset, destination, out wouldBlock);
        }
        catch (Exception e)
        {
            wouldBlock = false;
            return Fail(e);
        }
    }

    /// <inheritdoc cref="Export.Write"/>
    public NbdError Write(ReadOnlySpan<WriteRequest> batch, ReadOnlySpan<byte> payload)
    {
        try
        {
            return Export.Write(batch, payload);
        }
        catch (Exception e)
        {
            return Fail(e);
        }
    }

    /// <inheritdoc cref="Export.Flush"/>
    public NbdError Flush()
    {
        try
        {
            return Export.Flush();
        }
        catch (Exception e)
        {
            return Fail(e);
        }
    }

    /// <inheritdoc cref="Export.Trim"/>
    public NbdError Trim(long offset, long lengthBytes)
    {
        try
        {
            return Export.Trim(offset, lengthBytes);
        }
        catch (Exception e)
        {
            return Fail(e);
        }
    }

    /// <inheritdoc cref="Export.WriteZeroes"/>
    public NbdError WriteZeroes(long offset, long lengthBytes, bool keepAllocated, bool onlyIfFast)
    {
        try
        {
            return Export.WriteZeroes(offset, lengthBytes, keepAllocated, onlyIfFast);
        }
        catch (Exception e)
        {
            return Fail(e);
        }
    }

    /// <inheritdoc cref="Export.Cache"/>
    public NbdError Cache(long offset, long lengthBytes)
    {
        try
        {
            return Export.Cache(offset, lengthBytes);
        }
        catch (Exception e)
        {
            return Fail(e);
        }
    }

    /// <inheritdoc cref="Export.BlockStatus"/>
    public NbdError BlockStatus(
        string context, long offset, long lengthBytes, int extentsMax, List<StatusExtent> extents)
    {
        try
        {
            return Export.BlockStatus(context, offset, lengthBytes, extentsMax, extents);
        }
        catch (Exception e)
        {
            return Fail(e);
        }
    }

    private NbdError Fail(Exception exception)
    {
        _onException(exception);
        return NbdError.Io;
    }
}
