using Tidemark.Api.Wire;
using Tidemark.Disks.Instances;

namespace Tidemark.Api.Actions.InstanceActions;

/// <summary>Attaches disks to an instance, all or none; they are attached when the answer goes out.</summary>
internal static class AttachDisks
{
    private const int DiskIdsMax = 10;

    /// <summary>The declaration.</summary>
    public static readonly ApiAction Action = new(
        "AttachDisks",
        Run,
        typeof(ApiResponse),
        "Attaches disks to an instance, all or none; they are attached when the answer goes out.")
    {
        IsMutating = true,
        Parameters =
        [
            ApiParameter.Text("InstanceId", "The instance; registered on first use, in the disks' zone.").Required,
            ApiParameter.Texts("DiskIds", "1 to 10 disks of the instance's zone.").Required,
            ApiParameter.Flag("DeleteWithInstance", "Whether they are terminated with the instance; postpaid only."),
            ApiParameter.Text("AttachMode", "Kept and shown only.", "PF", "VF"),
        ],
    };

    /// <summary>Runs the action.</summary>
    public static ApiResponse Run(ActionCall call)
    {
        call.Domain.Attachment.Attach(Read(call.Parameters), call.Caller);
        return new ApiResponse();
    }

    private static AttachDisksRequest Read(ParameterReader parameters) => new()
    {
        InstanceId = parameters.RequiredText("InstanceId"),
        DiskIds = parameters.RequiredTexts("DiskIds", DiskIdsMax),
        DeleteWithInstance = parameters.Flag("DeleteWithInstance"),
        AttachMode = parameters.Text("AttachMode"),
    };
}
