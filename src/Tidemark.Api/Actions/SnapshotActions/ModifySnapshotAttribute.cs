using Tidemark.Api.Wire;
using Tidemark.Disks.Snapshots;

namespace Tidemark.Api.Actions.SnapshotActions;

/// <summary>Changes a snapshot's name, or when it goes.</summary>
internal static class ModifySnapshotAttribute
{
    /// <summary>The declaration.</summary>
    public static readonly ApiAction Action = new(
        "ModifySnapshotAttribute",
        Run,
        typeof(ApiResponse),
        "Changes a snapshot's name, or when it goes. Refused while it is shared or locked.")
    {
        IsMutating = true,
        Parameters =
        [
            ApiParameter.Text("SnapshotId", "The snapshot.").Required,
            ApiParameter.Text("SnapshotName", "At most 60 bytes."),
            ApiParameter.Flag("IsPermanent", "True: it has no deadline. False: it needs one."),
            SnapshotDeadline.Parameter,
        ],
    };

    /// <summary>Runs the action.</summary>
    public static ApiResponse Run(ActionCall call)
    {
        var request = Read(call.Parameters);
        call.Domain.Snapshots.Modify(request, call.Caller);
        return new ApiResponse();
    }

    private static ModifySnapshotRequest Read(ParameterReader parameters) => new()
    {
        SnapshotId = parameters.RequiredText("SnapshotId"),
        SnapshotName = parameters.Text("SnapshotName"),
        IsPermanent = parameters.Flag("IsPermanent"),
        Deadline = SnapshotDeadline.Read(parameters),
    };
}
