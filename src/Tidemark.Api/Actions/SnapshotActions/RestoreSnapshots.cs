using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.SnapshotActions;

/// <summary>Extension: brings back snapshots that were deleted and are still kept, all or none.</summary>
internal static class RestoreSnapshots
{
    private const int SnapshotIdsMax = 100;

    /// <summary>The declaration.</summary>
    public static readonly ApiAction Action = new(
        "RestoreSnapshots",
        Run,
        typeof(ApiResponse),
        "Brings back snapshots that were deleted and are still kept, all or none.")
    {
        IsExtension = true,
        IsMutating = true,
        Parameters =
        [
            ApiParameter.Texts("SnapshotIds", "1 to 100 snapshots.").Required,
        ],
    };

    /// <summary>Runs the action.</summary>
    public static ApiResponse Run(ActionCall call)
    {
        var snapshotIds = call.Parameters.RequiredTexts("SnapshotIds", SnapshotIdsMax);
        call.Domain.Snapshots.Restore(snapshotIds, call.Caller);
        return new ApiResponse();
    }
}
