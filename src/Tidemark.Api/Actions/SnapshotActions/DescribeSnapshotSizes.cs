using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.SnapshotActions;

/// <summary>Extension: what each of some snapshots holds, and what deleting all of them together would free.</summary>
internal static class DescribeSnapshotSizes
{
    private const int SnapshotIdsMax = 100;

    /// <summary>The declaration.</summary>
    public static readonly ApiAction Action = new(
        "DescribeSnapshotSizes",
        Run,
        typeof(DescribeSnapshotSizesResponse),
        "What each of some snapshots holds, and what deleting all of them together would free.")
    {
        IsExtension = true,
        Parameters =
        [
            ApiParameter.Texts("SnapshotIds", "1 to 100 snapshots.").Required,
        ],
    };

    /// <summary>Runs the action.</summary>
    public static ApiResponse Run(ActionCall call)
    {
        var snapshotIds = call.Parameters.RequiredTexts("SnapshotIds", SnapshotIdsMax);
        return new DescribeSnapshotSizesResponse
        {
            SnapshotSizeSet = call.Domain.Reports.Sizes(snapshotIds, call.Caller.Scope),
            FreedIfDeletedBytes = call.Domain.Reports.FreedIfDeleted(snapshotIds, call.Caller.Scope),
        };
    }
}
