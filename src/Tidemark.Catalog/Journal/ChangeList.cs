using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Tidemark.Catalog.Schema;

namespace Tidemark.Catalog.Journal;

/// <summary>The changes of one transaction as the payload of a journal record: a JSON array of operations.</summary>
internal sealed class ChangeList : IDisposable
{
    /// <summary>Put: the table and all columns of the row.</summary>
    public const string PutOperation = "put";

    /// <summary>Delete: the table and the first columns of the key.</summary>
    public const string DeleteOperation = "delete";

    /// <summary>Delete below: the table and the first value of the first key column that stays.</summary>
    public const string DeleteBelowOperation = "delete-below";

    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly Utf8JsonWriter _json;

    /// <summary>An empty list.</summary>
    public ChangeList()
    {
        _json = new Utf8JsonWriter(_buffer);
        _json.WriteStartArray();
    }

    /// <summary>How many operations it has.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes so far, roughly.</summary>
    public long LengthBytes => _json.BytesCommitted + _json.BytesPending;

    /// <summary>Notes that a row was written.</summary>
    public void Put(CatalogTable table, ReadOnlySpan<object?> row) => Add(PutOperation, table.Name, row);

    /// <summary>Notes that a row was written, by the table's name.</summary>
    public void Put(string table, ReadOnlySpan<object?> row) => Add(PutOperation, table, row);

    /// <summary>Notes that the rows were removed whose key starts so.</summary>
    public void Delete(CatalogTable table, ReadOnlySpan<object?> keyPrefix) =>
        Add(DeleteOperation, table.Name, keyPrefix);

    /// <summary>Notes that the rows below a key were removed.</summary>
    public void DeleteBelow(CatalogTable table, long key) => Add(DeleteBelowOperation, table.Name, [key]);

    /// <summary>Closes the list. The bytes live as long as the list.</summary>
    public ReadOnlyMemory<byte> ToPayload()
    {
        _json.WriteEndArray();
        _json.Flush();
        return _buffer.WrittenMemory;
    }

    /// <inheritdoc/>
    public void Dispose() => _json.Dispose();

    private void Add(string operation, string table, ReadOnlySpan<object?> values)
    {
        _json.WriteStartArray();
        _json.WriteStringValue(operation);
        _json.WriteStringValue(table);
        foreach (var value in values)
            WriteValue(value);
        _json.WriteEndArray();
        Count++;
    }

    private void WriteValue(object? value)
    {
        switch (value)
        {
            case null or DBNull:
                _json.WriteNullValue();
                break;
            case string text:
                _json.WriteStringValue(text);
                break;
            case byte[] bytes:
                _json.WriteStartObject();
                _json.WriteBase64String("base64", bytes);
                _json.WriteEndObject();
                break;
            default:
                _json.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
        }
    }
}
