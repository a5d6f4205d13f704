using Microsoft.Data.Sqlite;
using Tidemark.Engine.Catalog;

namespace Tidemark.Catalog;

/// <summary>The engine's rows as they come from a query for all columns of their table.</summary>
internal static class EngineRows
{
    /// <summary>A row of <c>engine_disks</c>.</summary>
    public static DiskRow ToDisk(SqliteDataReader row) => new(
        row.GetString(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5));

    /// <summary>A row of <c>layers</c>.</summary>
    public static LayerRow ToLayer(SqliteDataReader row) => new(
        row.GetInt64(0), row.GetString(1), row.GetInt64(2), row.GetBoolean(3), row.GetInt32(4), row.GetInt64(5),
        row.GetInt64(6), row.GetInt64(7));
}
