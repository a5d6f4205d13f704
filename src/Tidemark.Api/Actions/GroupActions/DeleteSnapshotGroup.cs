using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.GroupActions;

/// <summary>Deletes groups with all their members, all or none.</summary>
internal static class DeleteSnapshotGroup
{
    private const int GroupIdsMax = 100;

    /// <summary>The declaration.</summary>
    public static readonly ApiAction Action = new(
        "DeleteSnapshotGroup",
        Run,
        typeof(ApiResponse),
        "Deletes groups with all their members, all or none; their space comes back in the background.")
    {
        IsMutating = true,
        Parameters =
        [
            ApiParameter.Text("SnapshotGroupId", "A group; or give SnapshotGroupIds, or both."),
            ApiParameter.Texts("SnapshotGroupIds", "At most 100 groups."),
            ApiParameter.Flag("DeleteBindImages", "Accepted; there are no images here."),
        ],
    };

    /// <summary>Runs the action.</summary>
    public static ApiResponse Run(ActionCall call)
    {
        var ids = call.Parameters.Texts("SnapshotGroupIds", GroupIdsMax) ?? [];
        var id = call.Parameters.Text("SnapshotGroupId");
        call.Parameters.Flag("DeleteBindImages");
        string[] all = string.IsNullOrEmpty(id) ? [.. ids] : [id, .. ids];
        if (all.Length == 0)
        {
            throw new ApiException(
                ErrorCodes.MissingParameter, "Parameter SnapshotGroupId or SnapshotGroupIds is required.");
        }

        call.Domain.Groups.Delete(all, call.Caller);
        return new ApiResponse();
    }
}
