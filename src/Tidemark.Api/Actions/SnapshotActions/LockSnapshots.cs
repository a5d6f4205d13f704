using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.SnapshotActions;

/// <summary>
/// Extension: locks snapshots, all or none: they cannot be deleted or changed, not even by their deadline.
/// </summary>
internal static class LockSnapshots
{
    private const int SnapshotIdsMax = 100;

    /// <summary>The declaration.</summary>
    public static readonly ApiAction Action = new(
        "LockSnapshots",
        Run,
        typeof(ApiResponse),
        "Locks snapshots, all or none: they cannot be deleted or changed, not even by their deadline.")
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
        call.Domain.Snapshots.SetLock(snapshotIds, true, call.Caller);
        return new ApiResponse();
    }
}
