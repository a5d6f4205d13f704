using Tidemark.Engine.Catalog;
using Tidemark.Engine.Format;
using Tidemark.Engine.Stores;

namespace Tidemark.Engine.Index;

/// <summary>
/// Writes sorted extents into index files of at most 64 Ki extents each. Every file is durable, and its name with
/// <see cref="Finish"/>. Disposed without it, the writer removes the files again.
/// </summary>
internal sealed class ChunkWriter : IDisposable
{
    /// <summary>The most extents in an index file: 64 Ki.</summary>
    public const int ExtentsPerFileMax = 65_536;

    // Long extents fill pages with checksums: 16 Ki pages of 4 KiB = 64 MiB, and the extent that is being added.
    private const int PagesPerFileMax = 16_384;

    private readonly ChunkFiles _files;
    private readonly long _layerId;
    private readonly long _runNumber;
    private readonly List<ChunkRow> _rows = [];
    private readonly List<long> _createdIds = [];

    // The last extent, which the next one may make longer.
    private readonly ExtentBuffer _pending = new();
    private StoreFile? _file;
    private ChunkBuilder? _builder;
    private bool _isFinished;

    /// <summary>Prepares to write a run of a layer. Creates nothing yet.</summary>
    public ChunkWriter(ChunkFiles files, long layerId, long runNumber)
    {
        _files = files;
        _layerId = layerId;
        _runNumber = runNumber;
    }

    /// <summary>
    /// Appends an extent, which starts where the last one ends or later, joined to that one where
    /// <see cref="ExtentJoin.CanJoin"/> allows it.
    /// </summary>
    public void Add(in Extent extent, ReadOnlySpan<uint> crcs)
    {
        if (_pending.Count > 0 && !ExtentJoin.CanJoin(_pending[0], extent))
            WritePending();
        _pending.AddJoined(extent, crcs);
    }

    /// <summary>
    /// Takes over a chunk as it is, under this writer's layer and run. Its blocks follow what was added.
    /// </summary>
    public void Adopt(ChunkRow row)
    {
        CloseChunk();
        _rows.Add(row with { LayerId = _layerId, RunNumber = _runNumber });
    }

    /// <summary>Ends the open file; the next extent goes into a new one.</summary>
    public void CloseChunk()
    {
        WritePending();
        EndFile();
    }

    /// <summary>Ends the run; on return all files and their names are durable.</summary>
    /// <returns>The rows in block order.</returns>
    public IReadOnlyList<ChunkRow> Finish()
    {
        CloseChunk();
        if (_createdIds.Count > 0)
            _files.SyncNames();
        _isFinished = true;
        return _rows;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _builder?.Dispose();
        _file?.Dispose();
        _builder = null;
        _file = null;
        if (_isFinished)
            return;
        _isFinished = true;
        RemoveCreated();
    }

    private void WritePending()
    {
        if (_pending.Count == 0)
            return;
        ref readonly var extent = ref _pending[0];
        if (_builder is not null && !HasRoomFor(_builder, extent))
            EndFile();
        if (_builder is null)
        {
            _file = _files.Create();
            _createdIds.Add(_file.Id);
            _builder = new ChunkBuilder(_file, 0, ChunkKind.IndexFile, _layerId, _runNumber);
        }

        _builder.Add(extent, _pending.Crcs(0));
        _pending.Clear();
    }

    private static bool HasRoomFor(ChunkBuilder builder, in Extent extent)
    {
        var pieces = extent.IsZero ? 1 : Math.Min(extent.BlockCount, 2 + extent.BlockCount / ChunkPage.DataBlocksMax);
        return builder.ExtentCount + pieces <= ExtentsPerFileMax && builder.PageCount < PagesPerFileMax;
    }

    private void EndFile()
    {
        if (_builder is null || _file is null)
            return;
        _rows.Add(_builder.Finish());
        _builder.Dispose();
        _builder = null;
        _file.Sync();
        _file.Dispose();
        _file = null;
    }

    private void RemoveCreated()
    {
        foreach (var id in _createdIds)
        {
            try
            {
                _files.Delete(id);
            }
            catch (StoreException)
            {
                // The file stays behind unknown to the catalog; a later start moves it to the lost ones.
                return;
            }
        }
    }
}
