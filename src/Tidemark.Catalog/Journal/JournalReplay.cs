using System.Text.Json;
using Microsoft.Data.Sqlite;
using Tidemark.Catalog.Schema;
using Tidemark.Catalog.Writing;
using Tidemark.Engine;

namespace Tidemark.Catalog.Journal;

/// <summary>Carries out journal records on a database.</summary>
internal sealed class JournalReplay : IDisposable
{
    private readonly StatementCache _statements;
    private readonly Dictionary<string, CatalogTable> _tables = [];

    /// <summary>Learns the tables of the database, whatever version its schema has.</summary>
    public JournalReplay(SqliteConnection connection)
    {
        _statements = new StatementCache(connection);
        foreach (var name in SqlTables.Names(connection))
        {
            var columns = SqlTables.Columns(connection, name, out var keyColumnCount);
            _tables[name] = new CatalogTable(name, keyColumnCount, [.. columns]);
        }
    }

    /// <summary>Operations carried out.</summary>
    public long OperationCount { get; private set; }

    /// <summary>Carries out one record's operations.</summary>
    /// <exception cref="EngineException">An operation is none that this program knows.</exception>
    public void Apply(in JournalFrame frame)
    {
        if (frame.Kind != JournalFormat.RecordChanges)
            return;
        using var document = JsonDocument.Parse(frame.Payload);
        foreach (var operation in document.RootElement.EnumerateArray())
        {
            Apply(operation, frame.Generation);
            OperationCount++;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _statements.Dispose();

    private void Apply(JsonElement operation, long generation)
    {
        var kind = operation[0].GetString();
        var tableName = operation[1].GetString() ?? string.Empty;
        var values = new object?[operation.GetArrayLength() - 2];
        for (var index = 0; index < values.Length; index++)
            values[index] = ReadValue(operation[index + 2]);
        if (!_tables.TryGetValue(tableName, out var table))
            throw Unknown($"table {tableName}", generation);
        switch (kind)
        {
            case ChangeList.PutOperation when values.Length == table.Columns.Count:
                _statements.Run(table.PutSql, values);
                break;
            case ChangeList.DeleteOperation when values.Length <= table.KeyColumnCount && values.Length > 0:
                _statements.Run(table.DeleteSql(values.Length), values);
                break;
            case ChangeList.DeleteBelowOperation when values.Length == 1:
                _statements.Run(table.DeleteBelowSql, values);
                break;
            default:
                throw Unknown($"operation {kind} with {values.Length} values on {tableName}", generation);
        }
    }

    private static EngineException Unknown(string what, long generation) => new(EngineFault.Corrupt,
        $"The catalog's journal has an unknown {what} at generation {generation}. " +
        "Run the program version that wrote it.");

    private static object? ReadValue(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Object => value.GetProperty("base64").GetBytesFromBase64(),
        _ => value.GetInt64(),
    };
}
