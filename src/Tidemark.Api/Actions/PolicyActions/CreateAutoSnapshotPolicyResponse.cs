using System.Text.Json.Serialization;
using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.PolicyActions;

/// <summary>The answer to CreateAutoSnapshotPolicy.</summary>
internal sealed class CreateAutoSnapshotPolicyResponse : ApiResponse
{
    /// <summary>The new policy; left out when none was made.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? AutoSnapshotPolicyId { get; init; }

    /// <summary>When it first runs, once it is activated.</summary>
    public required string NextTriggerTime { get; init; }
}
