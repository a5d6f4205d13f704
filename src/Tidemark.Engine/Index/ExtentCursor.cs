namespace Tidemark.Engine.Index;

/// <summary>
/// Walks extents in block order, without overlaps. Used by one thread. A cursor over files throws on damage and on
/// failing reads, and stays unusable after that.
/// </summary>
internal abstract class ExtentCursor : IDisposable
{
    private Extent _current;

    /// <summary>The extent that the cursor stands on. Good until the next <see cref="MoveNext"/>.</summary>
    public ref readonly Extent Current => ref _current;

    /// <summary>The checksums of its data blocks, empty for zero. Good until the next <see cref="MoveNext"/>.</summary>
    public abstract ReadOnlySpan<uint> CurrentCrcs { get; }

    /// <summary>Goes to the next extent, at first to the first one; false when there is none.</summary>
    public abstract bool MoveNext();

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Sets the extent that the cursor stands on.</summary>
    protected void SetCurrent(in Extent extent) => _current = extent;

    /// <summary>Gives back buffers and what is read from.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }
}
