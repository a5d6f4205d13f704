using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Tidemark.Catalog.Writing;

/// <summary>
/// Prepared statements of one connection; their parameters are <c>$p0</c>, <c>$p1</c>, … Not safe for concurrent use.
/// </summary>
/// <param name="connection">The connection; the cache does not own it.</param>
internal sealed class StatementCache(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> _commands = [];

    /// <summary>Runs a statement with these values.</summary>
    public int Run(string sql, ReadOnlySpan<object?> values)
    {
        if (!_commands.TryGetValue(sql, out var command))
        {
            command = Prepare(sql, values.Length);
            _commands[sql] = command;
        }

        for (var index = 0; index < values.Length; index++)
            command.Parameters[index].Value = values[index] ?? DBNull.Value;
        return command.ExecuteNonQuery();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var command in _commands.Values)
            command.Dispose();
        _commands.Clear();
    }

    [SuppressMessage("Security", "CA2100", Justification = "Texts are made from the tables' own names.")]
    private SqliteCommand Prepare(string sql, int valueCount)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var index = 0; index < valueCount; index++)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = "$p" + index.ToString(CultureInfo.InvariantCulture);
            parameter.Value = DBNull.Value;
            command.Parameters.Add(parameter);
        }

        return command;
    }
}
