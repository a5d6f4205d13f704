using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.InstanceActions;

/// <summary>Detaches disks, all or none; they are detached when the answer goes out.</summary>
internal static class DetachDisks
{
    private const int DiskIdsMax = 10;

    /// <summary>The declaration.</summary>
    public static readonly ApiAction Action = new(
        "DetachDisks",
        Run,
        typeof(ApiResponse),
        "Detaches disks, all or none; they are detached when the answer goes out.")
    {
        IsMutating = true,
        Parameters =
        [
            ApiParameter.Texts("DiskIds", "1 to 10 attached disks.").Required,
            ApiParameter.Text("InstanceId", "Where they must be attached; left out when it does not matter."),
        ],
    };

    /// <summary>Runs the action.</summary>
    public static ApiResponse Run(ActionCall call)
    {
        var diskIds = call.Parameters.RequiredTexts("DiskIds", DiskIdsMax);
        call.Domain.Attachment.Detach(diskIds, call.Parameters.Text("InstanceId"), call.Caller);
        return new ApiResponse();
    }
}
