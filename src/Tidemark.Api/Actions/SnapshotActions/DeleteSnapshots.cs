using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.SnapshotActions;

/// <summary>Deletes snapshots, all or none, in any order; their space comes back in the background.</summary>
internal static class DeleteSnapshots
{
    private const int SnapshotIdsMax = 100;

    /// <summary>The declaration.</summary>
    public static readonly ApiAction Action = new(
        "DeleteSnapshots",
        Run,
        typeof(ApiResponse),
        "Deletes snapshots, all or none, in any order; their space comes back in the background.")
    {
        IsMutating = true,
        Parameters =
        [
            ApiParameter.Texts("SnapshotIds", "1 to 100 snapshots.").Required,
            ApiParameter.Flag("DeleteBindImages", "Accepted; there are no images here."),
        ],
    };

    /// <summary>Runs the action.</summary>
    public static ApiResponse Run(ActionCall call)
    {
        var request = Request.Read(call.Parameters);
        call.Domain.Snapshots.Delete(request.SnapshotIds, call.Caller);
        return new ApiResponse();
    }

    // No snapshot has an image bound to it here, so DeleteBindImages is checked for its type and means nothing.
    private sealed record Request(IReadOnlyList<string> SnapshotIds, bool DeleteBindImages)
    {
        public static Request Read(ParameterReader parameters) => new(
            parameters.RequiredTexts("SnapshotIds", SnapshotIdsMax),
            parameters.Flag("DeleteBindImages") ?? false);
    }
}
