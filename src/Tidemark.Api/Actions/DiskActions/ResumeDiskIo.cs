using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.DiskActions;

/// <summary>Extension: lets the writes of a disk pass again.</summary>
internal static class ResumeDiskIo
{
    /// <summary>The declaration.</summary>
    public static readonly ApiAction Action = new(
        "ResumeDiskIo",
        Run,
        typeof(ResumeDiskIoResponse),
        "Lets the writes of a disk pass again, and says whether they were held until now.")
    {
        IsExtension = true,
        IsMutating = true,
        Parameters =
        [
            ApiParameter.Text("DiskId", "The disk.").Required,
        ],
    };

    /// <summary>Runs the action.</summary>
    public static ApiResponse Run(ActionCall call)
    {
        var diskId = call.Parameters.RequiredText("DiskId");
        return new ResumeDiskIoResponse { WasSuspended = call.Domain.Suspension.Resume(diskId, call.Caller) };
    }
}
