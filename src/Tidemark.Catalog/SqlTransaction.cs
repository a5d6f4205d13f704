using Microsoft.Data.Sqlite;
using Tidemark.Catalog.Journal;
using Tidemark.Catalog.Schema;
using Tidemark.Catalog.Writing;
using Tidemark.Engine.Catalog;

namespace Tidemark.Catalog;

/// <summary>
/// The changes of one atomic commit to SQLite. Rows are written only through <see cref="Put(CatalogTable,
/// ReadOnlySpan{object})"/> and its fellows, so that every change is journaled.
/// </summary>
public sealed class SqlTransaction : CatalogTransaction
{
    private readonly SqliteConnection _connection;
    private readonly StatementCache _statements;

    /// <summary>A transaction on the writer's connection.</summary>
    internal SqlTransaction(SqliteConnection connection, StatementCache statements, long generation)
    {
        _connection = connection;
        _statements = statements;
        Generation = generation;
        Rows = new CatalogReader(connection);
    }

    /// <inheritdoc/>
    public override long Generation { get; }

    /// <summary>Reads what this transaction sees.</summary>
    public CatalogReader Rows { get; }

    /// <summary>What to journal.</summary>
    internal ChangeList Changes { get; } = new();

    /// <summary>The SQL side of a transaction that the engine hands to a delegate.</summary>
    /// <exception cref="InvalidOperationException">The engine's catalog is not this one.</exception>
    public static SqlTransaction Of(CatalogTransaction transaction) =>
        transaction as SqlTransaction
        ?? throw new InvalidOperationException(
            $"The domain needs a catalog on SQL; the engine was opened with {transaction.GetType().Name}.");

    /// <summary>
    /// Writes a row: all columns in the order of the table, integers as any integer type, absent values as null.
    /// </summary>
    public void Put(CatalogTable table, params ReadOnlySpan<object?> row)
    {
        if (row.Length != table.Columns.Count)
            throw new ArgumentException(
                $"A row of {table.Name} has {table.Columns.Count} columns, not {row.Length}.", nameof(row));
        _statements.Run(table.PutSql, row);
        Changes.Put(table, row);
    }

    /// <summary>Removes the rows whose key starts with these values; nothing happens when there are none.</summary>
    public void Delete(CatalogTable table, params ReadOnlySpan<object?> keyPrefix)
    {
        if (keyPrefix.Length == 0 || keyPrefix.Length > table.KeyColumnCount)
            throw new ArgumentException(
                $"A key of {table.Name} has 1 to {table.KeyColumnCount} columns, not {keyPrefix.Length}.",
                nameof(keyPrefix));
        _statements.Run(table.DeleteSql(keyPrefix.Length), keyPrefix);
        Changes.Delete(table, keyPrefix);
    }

    /// <summary>Removes the rows whose first key column, an integer, is below <paramref name="key"/>.</summary>
    public void DeleteBelow(CatalogTable table, long key)
    {
        _statements.Run(table.DeleteBelowSql, [key]);
        Changes.DeleteBelow(table, key);
    }

    /// <inheritdoc/>
    public override void Put(DiskRow row) => Put(CatalogTables.EngineDisks,
        row.DiskId, row.SizeBytes, row.HeadLayerId, row.PublishedSequence, row.LastSegmentId, row.BootGeneration);

    /// <inheritdoc/>
    public override void Put(LayerRow row) => Put(CatalogTables.Layers,
        row.LayerId, row.DiskId, row.ParentLayerId, row.IsSealed, row.NameCount, row.FirstSequence, row.LastSequence,
        row.SizeBytes);

    /// <inheritdoc/>
    public override void Put(ChunkRow row) => Put(CatalogTables.Chunks,
        row.LayerId, row.RunNumber, row.FirstBlock, row.LastBlock, row.IsFooter, row.ObjectId, row.OffsetBytes,
        row.LengthBytes, row.ExtentCount, row.DataBlockCount, row.ZeroBlockCount);

    /// <inheritdoc/>
    public override void Put(SegmentRow row) => Put(CatalogTables.Segments,
        row.SegmentId, row.DiskId, row.LengthBytes, row.IsRetired);

    /// <inheritdoc/>
    public override void Put(CounterRow row) => Put(CatalogTables.Counters,
        1L, row.NextLayerId, row.NextSegmentId, row.NextChunkId, row.Epoch);

    /// <inheritdoc/>
    public override void UpdateDisk(string diskId, Func<DiskRow, DiskRow> change) =>
        Put(change(LoadOne(CatalogTables.EngineDisks, EngineRows.ToDisk, diskId)));

    /// <inheritdoc/>
    public override void UpdateLayer(long layerId, Func<LayerRow, LayerRow> change) =>
        Put(change(LoadOne(CatalogTables.Layers, EngineRows.ToLayer, layerId)));

    /// <inheritdoc/>
    public override void DeleteDisk(string diskId) => Delete(CatalogTables.EngineDisks, diskId);

    /// <inheritdoc/>
    public override void DeleteLayer(long layerId)
    {
        Delete(CatalogTables.Layers, layerId);
        Delete(CatalogTables.Chunks, layerId);
    }

    /// <inheritdoc/>
    public override void DeleteRun(long layerId, long runNumber) => Delete(CatalogTables.Chunks, layerId, runNumber);

    /// <inheritdoc/>
    public override void DeleteSegment(long segmentId) => Delete(CatalogTables.Segments, segmentId);

    private T LoadOne<T>(CatalogTable table, Func<SqliteDataReader, T> map, object key)
    {
        var rows = SqlConnections.Load(_connection, table, $"WHERE {table.Columns[0]} = $p0", map, key);
        return rows.Count > 0
            ? rows[0]
            : throw new InvalidOperationException($"{table.Name} has no row {key} to update.");
    }
}
