using System.Text.Json.Serialization;
using Tidemark.Api.Actions.AbsentActions;
using Tidemark.Api.Actions.AccountActions;
using Tidemark.Api.Actions.BackupActions;
using Tidemark.Api.Actions.CvmActions;
using Tidemark.Api.Actions.DiskActions;
using Tidemark.Api.Actions.GroupActions;
using Tidemark.Api.Actions.InstanceActions;
using Tidemark.Api.Actions.LogActions;
using Tidemark.Api.Actions.PolicyActions;
using Tidemark.Api.Actions.PriceActions;
using Tidemark.Api.Actions.QuotaActions;
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
[JsonSerializable(typeof(CreateAutoSnapshotPolicyResponse))]
[JsonSerializable(typeof(CreateDisksResponse))]
[JsonSerializable(typeof(CreateSnapshotGroupResponse))]
[JsonSerializable(typeof(CreateSnapshotResponse))]
[JsonSerializable(typeof(DescribeAutoSnapshotPoliciesResponse))]
[JsonSerializable(typeof(DescribeChangedBlocksResponse))]
[JsonSerializable(typeof(DescribeDiskBackupsResponse))]
[JsonSerializable(typeof(DescribeDeletedDisksResponse))]
[JsonSerializable(typeof(DescribeDiskConfigQuotaResponse))]
[JsonSerializable(typeof(DescribeDisksResponse))]
[JsonSerializable(typeof(DescribeDiskStoragePoolResponse))]
[JsonSerializable(typeof(DescribeEventsResponse))]
[JsonSerializable(typeof(DescribeInstancesDiskNumResponse))]
[JsonSerializable(typeof(DescribeInstancesResponse))]
[JsonSerializable(typeof(DescribeInstancesStatusResponse))]
[JsonSerializable(typeof(DescribeJobsResponse))]
[JsonSerializable(typeof(DescribeRegionsResponse))]
[JsonSerializable(typeof(DescribePolicyForecastResponse))]
[JsonSerializable(typeof(DescribeServerResponse))]
[JsonSerializable(typeof(DescribeSnapshotGroupsResponse))]
[JsonSerializable(typeof(DescribeSnapshotSharePermissionResponse))]
[JsonSerializable(typeof(DescribeSnapshotSizesResponse))]
[JsonSerializable(typeof(DescribeSnapshotsResponse))]
[JsonSerializable(typeof(DescribeZonesResponse))]
[JsonSerializable(typeof(RegisterInstanceResponse))]
[JsonSerializable(typeof(DescribeQuotasResponse))]
[JsonSerializable(typeof(DescribeSnapshotOverviewResponse))]
[JsonSerializable(typeof(DiskPrepayPriceResponse))]
[JsonSerializable(typeof(DiskPriceResponse))]
[JsonSerializable(typeof(ReadSnapshotBlocksResponse))]
[JsonSerializable(typeof(ResumeDiskIoResponse))]
[JsonSerializable(typeof(SafetySnapshotResponse))]
[JsonSerializable(typeof(SafetySnapshotsResponse))]
[JsonSerializable(typeof(StartCheckResponse))]
[JsonSerializable(typeof(SuspendDiskIoResponse))]
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
