using System.Globalization;
using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions;

/// <summary>
/// Extension: the extents written or trimmed between two snapshots of one family; without a base, everything that the
/// snapshot holds data for. A page at a time, sorted by offset.
/// </summary>
internal static class DescribeChangedBlocks
{
    private const int ResultsDefault = 1_000;
    private const int ResultsMax = 10_000;
    private const int BlockBytes = 4096;

    /// <summary>Runs the action.</summary>
    public static ApiResponse Run(ActionCall call)
    {
        var request = Request.Read(call.Parameters);
        if (request.MaxResults is < 1 or > ResultsMax)
        {
            throw new ApiException(
                ErrorCodes.InvalidParameterValue, $"Parameter MaxResults must be 1 to {ResultsMax}.");
        }

        if (request.StartOffset % BlockBytes != 0)
        {
            throw new ApiException(
                ErrorCodes.InvalidParameterValue, $"Parameter StartOffset must be a multiple of {BlockBytes}.");
        }

        var page = call.Domain.Reports.Changed(
            request.BaseSnapshotId, request.SnapshotId, (int)request.MaxResults, request.Token);
        return new DescribeChangedBlocksResponse
        {
            ChangedBlockSet = page.Extents,
            NextOffset = page.NextToken is { } token ? OffsetOf(token) : null,
            DiskSizeBytes = page.DiskSizeBytes,
        };
    }

    // The domain's token is the number of the next block.
    private static long OffsetOf(string token) => long.Parse(token, CultureInfo.InvariantCulture) * BlockBytes;

    private sealed record Request(string SnapshotId, string? BaseSnapshotId, long StartOffset, long MaxResults)
    {
        public string Token => (StartOffset / BlockBytes).ToString(CultureInfo.InvariantCulture);

        public static Request Read(ParameterReader parameters)
        {
            var baseSnapshotId = parameters.Text("BaseSnapshotId");
            return new(
                parameters.RequiredText("SnapshotId"),
                string.IsNullOrEmpty(baseSnapshotId) ? null : baseSnapshotId,
                parameters.Number("StartOffset") ?? 0,
                parameters.Number("MaxResults") ?? ResultsDefault);
        }
    }
}
