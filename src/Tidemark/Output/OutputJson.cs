using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Tidemark.Backup;
using Tidemark.Catalog.Repair;
using Tidemark.Client;
using Tidemark.Demo;

namespace Tidemark.Output;

/// <summary>Generated serializers for everything that is printed as JSON.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ErrorEnvelope))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(IReadOnlyList<JsonElement>))]
[JsonSerializable(typeof(DiskIdList))]
[JsonSerializable(typeof(SnapshotIdAnswer))]
[JsonSerializable(typeof(SnapshotIdList))]
[JsonSerializable(typeof(GroupIdAnswer))]
[JsonSerializable(typeof(GroupIdList))]
[JsonSerializable(typeof(PolicyIdAnswer))]
[JsonSerializable(typeof(PolicyIdList))]
[JsonSerializable(typeof(ChangedBlocks))]
[JsonSerializable(typeof(ChangeSummary))]
[JsonSerializable(typeof(CheckSummary))]
[JsonSerializable(typeof(KeyHint))]
[JsonSerializable(typeof(AccountIdAnswer))]
[JsonSerializable(typeof(AccessKeyAnswer))]
[JsonSerializable(typeof(List<DemoStep>))]
[JsonSerializable(typeof(RepairReport))]
[JsonSerializable(typeof(ImportAnswer))]
internal sealed partial class OutputJson : JsonSerializerContext
{
    /// <summary>Indented, and with letters of all scripts as they are: nothing of it goes into a web page.</summary>
    public static OutputJson Pretty { get; } = new(new JsonSerializerOptions
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    });
}
