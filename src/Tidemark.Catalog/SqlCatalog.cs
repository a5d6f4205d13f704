using Microsoft.Data.Sqlite;
using Tidemark.Catalog.Journal;
using Tidemark.Catalog.Schema;
using Tidemark.Catalog.Writing;
using Tidemark.Engine;
using Tidemark.Engine.Catalog;
using Tidemark.Engine.Stores;

namespace Tidemark.Catalog;

/// <summary>
/// The catalog on SQLite: the engine's rows and the domain's in one transaction, a journal beside the store from which
/// everything can be rebuilt, and daily copies. One thread writes, one checkpoints; readers have connections of their
/// own. Safe for concurrent use.
/// </summary>
public sealed class SqlCatalog : EngineCatalog, IDisposable
{
    private const int SqliteFull = 13; // SQLITE_FULL
    private const int SqliteNoSharedMemory = 4874; // SQLITE_IOERR_SHMSIZE

    private readonly CatalogFiles _files;
    private readonly StoreJournal _journal;
    private readonly GroupCommit _writer;
    private readonly Checkpointer _checkpointer;
    private readonly ReaderPool _readers;
    private bool _isDisposed;

    private SqlCatalog(CatalogFiles files, CatalogOpening opening, StoreJournal journal, SqlCatalogOptions options)
    {
        _files = files;
        _journal = journal;
        StoreId = opening.StoreId;
        _readers = new ReaderPool(files.Database);
        _writer = new GroupCommit(opening.Connection, journal, opening.Generation, options);
        _checkpointer = new Checkpointer(
            SqlConnections.Open(files.Database), journal, () => _writer.Generation, options.Log);
    }

    /// <summary>Opens the catalog of a data directory, or makes a new one.</summary>
    /// <exception cref="EngineException">
    /// The catalog does not fit its journal (<see cref="EngineFault.CatalogMismatch"/>: run <c>tidemark repair</c>), or
    /// it was written by a newer program (<see cref="EngineFault.Invalid"/>).
    /// </exception>
    public static SqlCatalog Open(SqlCatalogOptions options)
    {
        var files = new CatalogFiles(options.DataDirectory);
        Directory.CreateDirectory(files.DataDirectory);
        var opening = CatalogOpening.Open(files, options.Log);
        var journal = opening.BeginJournal(options.Log);
        return new SqlCatalog(files, opening, journal, options);
    }

    /// <inheritdoc/>
    public override Guid StoreId { get; }

    /// <inheritdoc/>
    public override long Generation => _writer.Generation;

    /// <inheritdoc/>
    public override IReadOnlyList<DiskRow> LoadDisks() => Load(
        CatalogTables.EngineDisks, string.Empty, EngineRows.ToDisk);

    /// <inheritdoc/>
    public override IReadOnlyList<LayerRow> LoadLayers() => Load(
        CatalogTables.Layers, string.Empty, EngineRows.ToLayer);

    /// <inheritdoc/>
    public override IReadOnlyList<ChunkRow> LoadChunks(long layerId) => Load(
        CatalogTables.Chunks, "WHERE layer_id = $p0 ORDER BY run_number DESC, first_block",
        row => new ChunkRow(
            row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetBoolean(4), row.GetInt64(5),
            row.GetInt64(6), row.GetInt64(7), row.GetInt64(8), row.GetInt64(9), row.GetInt64(10)),
        layerId);

    /// <inheritdoc/>
    public override IReadOnlyList<SegmentRow> LoadSegments() => Load(
        CatalogTables.Segments, string.Empty,
        row => new SegmentRow(row.GetString(1), row.GetInt64(0), row.GetInt64(2), row.GetBoolean(3)));

    /// <inheritdoc/>
    public override CounterRow LoadCounters()
    {
        var rows = Load(
            CatalogTables.Counters, string.Empty,
            row => new CounterRow(row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4)));
        return rows.Count > 0 ? rows[0] : new CounterRow(1, 1, 1, 0);
    }

    /// <inheritdoc/>
    public override void Commit(Action<CatalogTransaction> changes)
    {
        try
        {
            _writer.Commit(changes);
        }
        catch (SqliteException e) when (IsNoSpace(e))
        {
            throw new StoreException(StoreFault.NoSpace,
                "The catalog cannot commit: its file system is full. Delete snapshots or make room.", e);
        }
    }

    /// <summary>Reads at one instant: everything that <paramref name="read"/> asks sees the same state.</summary>
    public T Read<T>(Func<CatalogReader, T> read) =>
        _readers.Read(connection => read(new CatalogReader(connection)));

    /// <summary>
    /// Makes the copy of a day, unless there is one, and removes all but the last seven. Takes as long as writing it
    /// does.
    /// </summary>
    /// <returns>Whether a copy was made.</returns>
    public bool CopyDaily(DateOnly day)
    {
        var copies = new DailyCopies(_files);
        if (copies.Exists(day))
            return false;
        using var connection = SqlConnections.Open(_files.Database);
        copies.Make(day, connection);
        return true;
    }

    /// <summary>Commits what waits, makes everything durable and closes.</summary>
    public void Dispose()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        _writer.Dispose();
        _checkpointer.Dispose();
        _journal.Dispose();
        _readers.Dispose();
    }

    private static bool IsNoSpace(SqliteException e) =>
        e.SqliteErrorCode == SqliteFull || e.SqliteExtendedErrorCode == SqliteNoSharedMemory;

    private List<T> Load<T>(CatalogTable table, string condition, Func<SqliteDataReader, T> map, long? key = null) =>
        _readers.Read(connection => SqlConnections.Load(connection, table, condition, map, key));
}
