using System.Text.Json.Serialization;

namespace Tidemark.Api.Wire;

/// <summary>What an action answers. An action without results answers this class itself: only a RequestId.</summary>
internal class ApiResponse
{
    /// <summary>The id of the request; set by the face just before the answer is written.</summary>
    [JsonPropertyOrder(int.MaxValue)]
    public string RequestId { get; set; } = "";
}
