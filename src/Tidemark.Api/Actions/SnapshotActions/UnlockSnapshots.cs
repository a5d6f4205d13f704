using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.SnapshotActions;

/// <summary>Extension: unlocks snapshots, all or none.</summary>
internal static class UnlockSnapshots
{
    private const int SnapshotIdsMax = 100;

    /// <summary>The declaration.</summary>
    public static readonly ApiAction Action = new(
        "UnlockSnapshots",
        Run,
        typeof(ApiResponse),
        "Unlocks snapshots, all or none.")
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
        call.Domain.Snapshots.SetLock(snapshotIds, false, call.Caller);
        return new ApiResponse();
    }
}
