using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Tidemark.Client;

/// <summary>Generated serializers for what the client sends and reads.</summary>
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(DiskIdList))]
[JsonSerializable(typeof(SnapshotIdAnswer))]
[JsonSerializable(typeof(DiskPage))]
[JsonSerializable(typeof(SnapshotPage))]
[JsonSerializable(typeof(DiskMembers))]
[JsonSerializable(typeof(SnapshotMembers))]
[JsonSerializable(typeof(GroupIdAnswer))]
[JsonSerializable(typeof(GroupPage))]
[JsonSerializable(typeof(GroupMembers))]
[JsonSerializable(typeof(ChangedBlocks))]
[JsonSerializable(typeof(SnapshotSizesAnswer))]
[JsonSerializable(typeof(JobIdAnswer))]
[JsonSerializable(typeof(JobPage))]
[JsonSerializable(typeof(QuotaMembers))]
[JsonSerializable(typeof(QuotaPage))]
[JsonSerializable(typeof(PolicyIdAnswer))]
[JsonSerializable(typeof(PolicyPage))]
[JsonSerializable(typeof(PolicyMembers))]
[JsonSerializable(typeof(PolicyOutlook))]
[JsonSerializable(typeof(ServerDescription))]
[JsonSerializable(typeof(AccountIdAnswer))]
[JsonSerializable(typeof(AccessKeyAnswer))]
internal sealed partial class ClientJson : JsonSerializerContext;
