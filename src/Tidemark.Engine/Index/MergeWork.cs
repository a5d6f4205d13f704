using Tidemark.Engine.Reclaim;

namespace Tidemark.Engine.Index;

/// <summary>
/// Makes one run of several, in pieces with pauses between them. Runs are merged in block order; a newer one hides the
/// older ones. Chunks that nothing else touches are adopted as <see cref="MergePlan"/> says, all else is written anew.
/// The inputs and their files must stay while it goes on, and stay as they are until the caller publishes the result.
/// Disposed before <see cref="Finish"/>, it leaves nothing.
/// </summary>
internal sealed class MergeWork : IDisposable
{
    private readonly MergePlan _plan;
    private readonly ChunkWriter _writer;
    private readonly LayerCursor _cursor;
    private readonly bool _dropZeros;
    private int _adopted;

    /// <summary>Makes the plan, and reads nothing yet.</summary>
    /// <param name="newestFirst">The inputs; each hides all after it.</param>
    /// <param name="writer">Makes the new run; owned from here on.</param>
    /// <param name="dropZeros">True when nothing lies below that a zero extent could hide.</param>
    /// <param name="files">Reads the inputs' index files.</param>
    /// <param name="dead">Receives the slots of hidden data, as the work goes on.</param>
    public MergeWork(
        IReadOnlyList<Run> newestFirst, ChunkWriter writer, bool dropZeros, ChunkFiles files, List<DeadRange> dead)
    {
        _writer = writer;
        _dropZeros = dropZeros;
        _plan = new MergePlan(newestFirst, dropZeros);
        _cursor = new LayerCursor(_plan.Remaining(files), 0, dead);
    }

    /// <summary>Extents read so far; those of adopted chunks are not.</summary>
    public long ExtentsRead => _cursor.ExtentsRead;

    /// <summary>Goes on until about so many more extents were read; true when there are no more.</summary>
    public bool Advance(long extentsMax)
    {
        var end = extentsMax > long.MaxValue - ExtentsRead ? long.MaxValue : ExtentsRead + extentsMax;
        while (ExtentsRead < end)
        {
            if (!_cursor.MoveNext())
                return true;
            if (_dropZeros && _cursor.Current.IsZero)
                continue;
            AdoptBefore(_cursor.Current.FirstBlock);
            _writer.Add(_cursor.Current, _cursor.CurrentCrcs);
        }

        return false;
    }

    /// <summary>Makes the new run durable, once <see cref="Advance"/> has come to the end.</summary>
    public MergeResult Finish()
    {
        AdoptBefore(long.MaxValue);
        return new MergeResult(_writer.Finish(), _plan.Replaced);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _cursor.Dispose();
        _writer.Dispose();
    }

    private void AdoptBefore(long block)
    {
        while (_adopted < _plan.Adopted.Count && _plan.Adopted[_adopted].FirstBlock < block)
            _writer.Adopt(_plan.Adopted[_adopted++]);
    }
}
