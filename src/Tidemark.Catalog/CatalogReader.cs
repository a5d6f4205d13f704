using Dapper;
using Microsoft.Data.Sqlite;

namespace Tidemark.Catalog;

/// <summary>
/// Reads rows; within a transaction it sees that transaction's own changes. Statements that write are refused, because
/// what they change would be missing from the journal. Lives only as long as the call that handed it out.
/// </summary>
public sealed class CatalogReader
{
    private readonly SqliteConnection _connection;

    static CatalogReader() => DefaultTypeMap.MatchNamesWithUnderscores = true;

    /// <summary>Reads through a connection that it does not own.</summary>
    internal CatalogReader(SqliteConnection connection) => _connection = connection;

    /// <summary>
    /// The rows of a query, mapped to the members of <typeparamref name="T"/> by name without underscores.
    /// </summary>
    public IReadOnlyList<T> Query<T>(string sql, object? parameters = null) =>
        _connection.Query<T>(Checked(sql), parameters).AsList();

    /// <summary>The first row of a query, or null.</summary>
    public T? First<T>(string sql, object? parameters = null) =>
        _connection.QueryFirstOrDefault<T>(Checked(sql), parameters);

    /// <summary>The only value of a query that always has one row.</summary>
    public long Number(string sql, object? parameters = null) => _connection.QueryFirst<long>(Checked(sql), parameters);

    // A statement that starts with SELECT writes nothing in SQLite, whatever follows.
    private static string Checked(string sql) => sql.StartsWith("SELECT ", StringComparison.Ordinal)
        ? sql
        : throw new ArgumentException($"Rows are read with SELECT and written with Put and Delete, not with: {sql}");
}
