using System.Text.Json;

namespace Tidemark.Api.Wire;

/// <summary>Reads a JSON request body.</summary>
internal static class JsonBody
{
    private const int DepthMax = 16;

    /// <summary>The body as one object; an empty body is an empty object.</summary>
    /// <exception cref="ApiException">The body is not one JSON object.</exception>
    public static JsonElement Parse(ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty)
            body = "{}"u8.ToArray();

        try
        {
            var options = new JsonDocumentOptions { MaxDepth = DepthMax, AllowDuplicateProperties = false };
            using var document = JsonDocument.Parse(body, options);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document.RootElement.Clone()
                : throw new ApiException(ErrorCodes.InvalidParameter, "The request body must be a JSON object.");
        }
        catch (JsonException broken)
        {
            throw new ApiException(
                ErrorCodes.InvalidParameter,
                $"The request body is not valid JSON (line {broken.LineNumber + 1}, "
                    + $"byte {broken.BytePositionInLine}).");
        }
        catch (InvalidOperationException)
        {
            throw new ApiException(
                ErrorCodes.InvalidParameter, "A member name of the request body is not valid Unicode.");
        }
    }
}
