using System.Text.Json.Serialization;
using Tidemark.Api.Actions.BackupActions;
using Tidemark.Api.Actions.DiskActions;
using Tidemark.Api.Actions.GroupActions;
using Tidemark.Api.Actions.PolicyActions;
using Tidemark.Api.Actions.ServerActions;
using Tidemark.Api.Actions.SharingActions;
using Tidemark.Api.Actions.SnapshotActions;

namespace Tidemark.Api.Wire;

/// <summary>
/// The JSON form of every answer, generated when the project is built. Members keep their names as they are.
/// </summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Default)]
[JsonSerializable(typeof(ApiResponse))]
[JsonSerializable(typeof(ErrorResponse))]
[JsonSerializable(typeof(CopySnapshotCrossRegionsResponse))]
[JsonSerializable(typeof(CreateDiskBackupResponse))]
[JsonSerializable(typeof(CreateAutoSnapshotPolicyResponse))]
[JsonSerializable(typeof(CreateDisksResponse))]
[JsonSerializable(typeof(CreateSnapshotGroupResponse))]
[JsonSerializable(typeof(CreateSnapshotResponse))]
[JsonSerializable(typeof(DescribeAutoSnapshotPoliciesResponse))]
[JsonSerializable(typeof(DescribeChangedBlocksResponse))]
[JsonSerializable(typeof(DescribeDiskBackupsResponse))]
[JsonSerializable(typeof(DescribeDisksResponse))]
[JsonSerializable(typeof(DescribeEventsResponse))]
[JsonSerializable(typeof(DescribeJobsResponse))]
[JsonSerializable(typeof(DescribePolicyForecastResponse))]
[JsonSerializable(typeof(DescribeServerResponse))]
[JsonSerializable(typeof(DescribeSnapshotGroupsResponse))]
[JsonSerializable(typeof(DescribeSnapshotSharePermissionResponse))]
[JsonSerializable(typeof(DescribeSnapshotSizesResponse))]
[JsonSerializable(typeof(DescribeSnapshotsResponse))]
[JsonSerializable(typeof(StartCheckResponse))]
internal sealed partial class WireJson : JsonSerializerContext;
