using System.Text.Json.Serialization;
using Tidemark.Api.Actions.AbsentActions;
using Tidemark.Api.Actions.DiskActions;
using Tidemark.Api.Actions.PriceActions;
using Tidemark.Api.Actions.QuotaActions;
using Tidemark.Api.Actions.ServerActions;
using Tidemark.Api.Actions.SnapshotActions;

namespace Tidemark.Api.Wire;

/// <summary>
/// The JSON form of every answer, generated when the project is built. Members keep their names as they are.
/// </summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Default)]
[JsonSerializable(typeof(ApiResponse))]
[JsonSerializable(typeof(ErrorResponse))]
[JsonSerializable(typeof(CreateDisksResponse))]
[JsonSerializable(typeof(CreateSnapshotResponse))]
[JsonSerializable(typeof(DescribeChangedBlocksResponse))]
[JsonSerializable(typeof(DescribeDiskConfigQuotaResponse))]
[JsonSerializable(typeof(DescribeDisksResponse))]
[JsonSerializable(typeof(DescribeDiskStoragePoolResponse))]
[JsonSerializable(typeof(DescribeEventsResponse))]
[JsonSerializable(typeof(DescribeJobsResponse))]
[JsonSerializable(typeof(DescribeQuotasResponse))]
[JsonSerializable(typeof(DescribeServerResponse))]
[JsonSerializable(typeof(DescribeSnapshotOverviewResponse))]
[JsonSerializable(typeof(DescribeSnapshotSizesResponse))]
[JsonSerializable(typeof(DescribeSnapshotsResponse))]
[JsonSerializable(typeof(DiskPrepayPriceResponse))]
[JsonSerializable(typeof(DiskPriceResponse))]
[JsonSerializable(typeof(StartCheckResponse))]
internal sealed partial class WireJson : JsonSerializerContext;
