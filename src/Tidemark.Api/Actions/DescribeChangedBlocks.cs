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

    /// <summary>Runs the action.</summary>
    public static ApiResponse Run(ActionCall call)
    {
        var request = Request.Read(call.Parameters);
        if (request.MaxResults is < 1 or > ResultsMax)
        {
            throw new ApiException(
                ErrorCodes.InvalidParameterValue, $"Parameter MaxResults must be 1 to {ResultsMax}.");
        }

        var page = call.Domain.Reports.Changed(
            request.BaseSnapshotId, request.SnapshotId, (int)request.MaxResults, request.Token);
        return new DescribeChangedBlocksResponse
        {
            ChangedBlockSet = page.Extents,
            NextOffset = page.NextToken is { } token ? long.Parse(token, CultureInfo.InvariantCulture) : null,
            DiskSizeBytes = page.DiskSizeBytes,
        };
    }

    private sealed record Request(string SnapshotId, string? BaseSnapshotId, long StartOffset, long MaxResults)
    {
        public string? Token => StartOffset == 0 ? null : StartOffset.ToString(CultureInfo.InvariantCulture);

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
