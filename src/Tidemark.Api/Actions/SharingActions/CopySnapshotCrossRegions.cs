using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.SharingActions;

/// <summary>
/// Copies a snapshot to other regions of this server. The request succeeds when the snapshot can be copied at all; what
/// became of each region says its row.
/// </summary>
internal static class CopySnapshotCrossRegions
{
    private const int RegionsMax = 50;

    /// <summary>The declaration.</summary>
    public static readonly ApiAction Action = new(
        "CopySnapshotCrossRegions",
        Run,
        typeof(CopySnapshotCrossRegionsResponse),
        "Copies a snapshot of a data disk to other regions of this server, by reference; each region has a row.")
    {
        IsMutating = true,
        Parameters =
        [
            ApiParameter.Text("SnapshotId", "The snapshot.").Required,
            ApiParameter.Texts("DestinationRegions", "1 to 50 regions.").Required,
            ApiParameter.Text("SnapshotName", "The copies' name, at most 60 bytes."),
        ],
    };

    /// <summary>Runs the action.</summary>
    public static ApiResponse Run(ActionCall call)
    {
        var snapshotId = call.Parameters.RequiredText("SnapshotId");
        var regions = call.Parameters.RequiredTexts("DestinationRegions", RegionsMax);
        var results = call.Domain.Copies.Copy(snapshotId, regions, call.Parameters.Text("SnapshotName"), call.Caller);
        return new CopySnapshotCrossRegionsResponse
        {
            SnapshotCopyResultSet =
            [
                .. results.Select(result => new WireSnapshotCopyResult(
                    result.SnapshotId, result.Message, result.Code, result.Region)),
            ],
        };
    }
}
