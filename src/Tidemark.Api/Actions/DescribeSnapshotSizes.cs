using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions;

/// <summary>Extension: what each of some snapshots holds, and what deleting all of them together would free.</summary>
internal static class DescribeSnapshotSizes
{
    private const int SnapshotIdsMax = 100;

    /// <summary>Runs the action.</summary>
    public static ApiResponse Run(ActionCall call)
    {
        var snapshotIds = call.Parameters.RequiredTexts("SnapshotIds", SnapshotIdsMax);
        return new DescribeSnapshotSizesResponse
        {
            SnapshotSizeSet = call.Domain.Reports.Sizes(snapshotIds),
            FreedIfDeletedBytes = call.Domain.Reports.FreedIfDeleted(snapshotIds),
        };
    }
}
