using System.Text.Json.Serialization;

namespace Tidemark.Api.Wire;

/// <summary>The JSON form of every answer, generated when the project is built. Members keep their names as they are.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Default)]
[JsonSerializable(typeof(ApiResponse))]
[JsonSerializable(typeof(ErrorResponse))]
internal sealed partial class WireJson : JsonSerializerContext;
