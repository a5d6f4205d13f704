using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Tidemark.Api.Wire;

/// <summary>Writes the one shape that every answer has: <c>{"Response":{…,"RequestId":"…"}}</c>.</summary>
internal static class Envelope
{
    /// <summary>
    /// The exact media type of every answer. An official client ignores the error object when a charset follows.
    /// </summary>
    public const string MediaType = "application/json";

    private static readonly JsonWriterOptions WriterOptions = new()
    {
        // The answer is never embedded in a page, so names in any script travel unescaped.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The bytes of an answer.</summary>
    public static ReadOnlyMemory<byte> Write(ApiResponse response, string requestId)
    {
        response.RequestId = requestId;
        var typeInfo = WireJson.Default.GetTypeInfo(response.GetType())
            ?? throw new InvalidOperationException($"{response.GetType().Name} is not registered in WireJson.");
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions))
        {
            writer.WriteStartObject();
            writer.WritePropertyName("Response"u8);
            JsonSerializer.Serialize(writer, response, typeInfo);
            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    /// <summary>The bytes of a refusal.</summary>
    public static ReadOnlyMemory<byte> WriteError(string code, string message, string requestId) =>
        Write(new ErrorResponse { Error = new(code, message) }, requestId);
}
