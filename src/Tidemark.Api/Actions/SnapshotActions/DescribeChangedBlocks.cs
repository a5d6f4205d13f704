using System.Globalization;
using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.SnapshotActions;

/// <summary>
/// Extension: the extents written or trimmed between two snapshots of one family, or between a snapshot and a disk as
/// it is now; without a base, everything that the snapshot or disk holds data for. A page at a time, sorted by offset.
/// </summary>
internal static class DescribeChangedBlocks
{
    private const int ResultsDefault = 1_000;
    private const int ResultsMax = 10_000;
    private const int BlockBytes = 4096;

    /// <summary>The declaration.</summary>
    public static readonly ApiAction Action = new(
        "DescribeChangedBlocks",
        Run,
        typeof(DescribeChangedBlocksResponse),
        "The extents written or trimmed between two snapshots of one family, or between a snapshot and a "
            + "disk as it is now; without a base, everything that the snapshot or disk holds data for.")
    {
        IsExtension = true,
        Parameters =
        [
            ApiParameter.Text("SnapshotId", "The snapshot described; or give DiskId."),
            ApiParameter.Text("DiskId", "The disk described, as it is now."),
            ApiParameter.Text("BaseSnapshotId", "The snapshot to compare with."),
            ApiParameter.Number("StartOffset", "Where to start, in bytes; NextOffset of the page before."),
            ApiParameter.Number("MaxResults", "Extents on a page, 1 to 10,000."),
        ],
    };

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

        var (reports, scope) = (call.Domain.Reports, call.Caller.Scope);
        var maxResults = (int)request.MaxResults;
        var page = request.DiskId is { } diskId
            ? reports.ChangedOnDisk(request.BaseSnapshotId, diskId, maxResults, request.Token, scope)
            : reports.Changed(request.BaseSnapshotId, request.SnapshotId, maxResults, request.Token, scope);
        return new DescribeChangedBlocksResponse
        {
            ChangedBlockSet = page.Extents,
            NextOffset = page.NextToken is { } token ? OffsetOf(token) : null,
            DiskSizeBytes = page.DiskSizeBytes,
        };
    }

    // The domain's token is the number of the next block.
    private static long OffsetOf(string token) => long.Parse(token, CultureInfo.InvariantCulture) * BlockBytes;

    // Exactly one of the first two is meant.
    private sealed record Request(
        string SnapshotId, string? DiskId, string? BaseSnapshotId, long StartOffset, long MaxResults)
    {
        public string Token => (StartOffset / BlockBytes).ToString(CultureInfo.InvariantCulture);

        public static Request Read(ParameterReader parameters)
        {
            var baseSnapshotId = parameters.Text("BaseSnapshotId");
            var diskId = parameters.Text("DiskId");
            var isOfDisk = !string.IsNullOrEmpty(diskId);
            if (isOfDisk && !string.IsNullOrEmpty(parameters.Text("SnapshotId")))
            {
                throw new ApiException(
                    ErrorCodes.InvalidParameter, "Parameters SnapshotId and DiskId cannot be given together.");
            }

            return new(
                isOfDisk ? "" : parameters.RequiredText("SnapshotId"),
                isOfDisk ? diskId : null,
                string.IsNullOrEmpty(baseSnapshotId) ? null : baseSnapshotId,
                parameters.Number("StartOffset") ?? 0,
                parameters.Number("MaxResults") ?? ResultsDefault);
        }
    }
}
