using Tidemark.Engine.Reclaim;

namespace Tidemark.Engine.Index;

/// <summary>
/// A merge in pieces: as <see cref="Merge.Run"/>, with pauses between the pieces. The inputs' files must stay while it
/// goes on. Disposed before <see cref="Finish"/>, it leaves nothing.
/// </summary>
internal sealed class MergeWork : IDisposable
{
    private readonly MergePlan _plan;
    private readonly ChunkWriter _writer;
    private readonly LayerCursor _cursor;
    private readonly bool _dropZeros;
    private int _adopted;

    /// <summary>Makes the plan; see <see cref="Merge.Run"/> for the parameters.</summary>
    public MergeWork(
        IReadOnlyList<Run> newestFirst, ChunkWriter writer, bool dropZeros, ChunkFiles files, List<DeadRange> dead)
    {
        _writer = writer;
        _dropZeros = dropZeros;
        _plan = new MergePlan(newestFirst, dropZeros);
        _cursor = new LayerCursor(_plan.Remaining(files), 0, dead);
    }

    /// <summary>Extents read so far.</summary>
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
        return new MergeResult(_writer.Finish(), _plan.Replaced, ExtentsRead);
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
