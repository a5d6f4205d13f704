using Tidemark.Api.Wire;
using Tidemark.Disks.Groups;

namespace Tidemark.Api.Actions.GroupActions;

/// <summary>Takes a snapshot of several disks at one instant; all are complete when the answer goes out.</summary>
internal static class CreateSnapshotGroup
{
    private const int DiskIdsMax = 64;

    /// <summary>The declaration.</summary>
    public static readonly ApiAction Action = new(
        "CreateSnapshotGroup",
        Run,
        typeof(CreateSnapshotGroupResponse),
        "Takes a snapshot of several disks at one instant, whatever is written to them meanwhile.")
    {
        IsMutating = true,
        Parameters =
        [
            ApiParameter.Texts(
                "DiskIds", "1 to 64 disks; they need not be attached to one instance, or to any.").Required,
            ApiParameter.Text("SnapshotGroupName", "Members are called NAME_0, NAME_1, …; at most 60 bytes with that."),
            SharedMembers.Tags,
        ],
    };

    /// <summary>Runs the action.</summary>
    public static ApiResponse Run(ActionCall call)
    {
        var request = new CreateGroupRequest
        {
            DiskIds = call.Parameters.RequiredTexts("DiskIds", DiskIdsMax),
            GroupName = call.Parameters.Text("SnapshotGroupName"),
            Tags = SharedMembers.ReadTags(call.Parameters),
        };
        return new CreateSnapshotGroupResponse { SnapshotGroupId = call.Domain.Groups.Create(request, call.Caller) };
    }
}
