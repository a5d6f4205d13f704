using Tidemark.Api.Actions.SnapshotActions;
using Tidemark.Api.Wire;
using Tidemark.Disks.Groups;

namespace Tidemark.Api.Actions.GroupActions;

/// <summary>
/// Rolls disks back to members of a group, all or some. Extension: DisconnectClients disconnects NBD clients first,
/// where otherwise the request is refused.
/// </summary>
internal static class ApplySnapshotGroup
{
    private const int DisksMax = 64;

    /// <summary>The declaration.</summary>
    public static readonly ApiAction Action = new(
        "ApplySnapshotGroup",
        Run,
        typeof(SafetySnapshotsResponse),
        "Rolls disks back to members of a group, all or some of them.")
    {
        IsMutating = true,
        Parameters =
        [
            ApiParameter.Text("SnapshotGroupId", "The group.").Required,
            ApiParameter.Objects(
                "ApplyDisks",
                "Which disks, each with its own member.",
                ApiParameter.Text("SnapshotId", "The member.").Required,
                ApiParameter.Text("DiskId", "The disk that it was taken of.").Required).Required,
            .. SharedMembers.Rollback,
        ],
    };

    /// <summary>Runs the action.</summary>
    public static ApiResponse Run(ActionCall call)
    {
        var groupId = call.Parameters.RequiredText("SnapshotGroupId");
        var disks = call.Parameters.Objects("ApplyDisks", DisksMax, disk => new MemberRollback(
            disk.RequiredText("SnapshotId"), disk.RequiredText("DiskId")));
        if (disks is null or { Count: 0 })
            throw new ApiException(ErrorCodes.MissingParameter, "Parameter ApplyDisks is required.");

        return new SafetySnapshotsResponse
        {
            SafetySnapshotIdSet = call.Domain.Groups.Apply(
                groupId, disks, SharedMembers.ReadRollback(call.Parameters), call.Caller),
        };
    }
}
