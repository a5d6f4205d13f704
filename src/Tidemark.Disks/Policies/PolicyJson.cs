using System.Text.Json.Serialization;

namespace Tidemark.Disks.Policies;

/// <summary>Schedules and retentions as texts of the catalog.</summary>
[JsonSourceGenerationOptions(
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(IReadOnlyList<PolicyRule>))]
[JsonSerializable(typeof(PolicyRetention))]
internal sealed partial class PolicyJson : JsonSerializerContext;
