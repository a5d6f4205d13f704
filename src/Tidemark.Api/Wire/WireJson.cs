using System.Text.Json.Serialization;
using Tidemark.Api.Actions.AccountActions;
using Tidemark.Api.Actions.BackupActions;
using Tidemark.Api.Actions.DiskActions;
using Tidemark.Api.Actions.GroupActions;
using Tidemark.Api.Actions.LogActions;
using Tidemark.Api.Actions.ServerActions;
using Tidemark.Api.Actions.SharingActions;
using Tidemark.Api.Actions.SnapshotActions;
using Tidemark.Api.Actions.TagActions;

namespace Tidemark.Api.Wire;

/// <summary>
/// The JSON form of every answer, generated when the project is built. Members keep their names as they are.
/// </summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Default)]
[JsonSerializable(typeof(ApiResponse))]
[JsonSerializable(typeof(ErrorResponse))]
[JsonSerializable(typeof(CopySnapshotCrossRegionsResponse))]
[JsonSerializable(typeof(CreateDiskBackupResponse))]
[JsonSerializable(typeof(CreateDisksResponse))]
[JsonSerializable(typeof(CreateSnapshotGroupResponse))]
[JsonSerializable(typeof(CreateSnapshotResponse))]
[JsonSerializable(typeof(DescribeChangedBlocksResponse))]
[JsonSerializable(typeof(DescribeDiskBackupsResponse))]
[JsonSerializable(typeof(DescribeDisksResponse))]
[JsonSerializable(typeof(DescribeEventsResponse))]
[JsonSerializable(typeof(DescribeJobsResponse))]
[JsonSerializable(typeof(DescribeServerResponse))]
[JsonSerializable(typeof(DescribeSnapshotGroupsResponse))]
[JsonSerializable(typeof(DescribeSnapshotSharePermissionResponse))]
[JsonSerializable(typeof(DescribeSnapshotSizesResponse))]
[JsonSerializable(typeof(DescribeSnapshotsResponse))]
[JsonSerializable(typeof(StartCheckResponse))]
[JsonSerializable(typeof(CreateAccessKeyResponse))]
[JsonSerializable(typeof(CreateAccountResponse))]
[JsonSerializable(typeof(DescribeAccessKeysResponse))]
[JsonSerializable(typeof(DescribeAccountsResponse))]
[JsonSerializable(typeof(DescribeDiskOperationLogsResponse))]
[JsonSerializable(typeof(DescribeResourceTagsByResourceIdsResponse))]
[JsonSerializable(typeof(DescribeResourceTagsResponse))]
[JsonSerializable(typeof(DescribeResourcesByTagsResponse))]
[JsonSerializable(typeof(DescribeSnapshotOperationLogsResponse))]
[JsonSerializable(typeof(DescribeTagKeysResponse))]
[JsonSerializable(typeof(DescribeTagValuesResponse))]
[JsonSerializable(typeof(DescribeTagsResponse))]
[JsonSerializable(typeof(FailedResourcesResponse))]
[JsonSerializable(typeof(GetCallerIdentityResponse))]
[JsonSerializable(typeof(GetResourcesResponse))]
[JsonSerializable(typeof(GetTagKeysResponse))]
[JsonSerializable(typeof(GetTagsResponse))]
internal sealed partial class WireJson : JsonSerializerContext;
