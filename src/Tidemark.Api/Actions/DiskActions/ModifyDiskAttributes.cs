using Tidemark.Api.Wire;
using Tidemark.Disks;
using Tidemark.Disks.Attributes;

namespace Tidemark.Api.Actions.DiskActions;

/// <summary>Changes name, project, type or flags of disks, all or none, at once.</summary>
internal static class ModifyDiskAttributes
{
    private const int DiskIdsMax = 100;

    /// <summary>The declaration.</summary>
    public static readonly ApiAction Action = new(
        "ModifyDiskAttributes",
        Run,
        typeof(ApiResponse),
        "Changes name, project, type or flags of disks, all or none, at once.")
    {
        IsMutating = true,
        Parameters =
        [
            ApiParameter.Texts("DiskIds", "1 to 100 disks; one when DiskType changes.").Required,
            ApiParameter.Text("DiskName", "At most 60 bytes."),
            ApiParameter.Flag("Portable", "True makes disks elastic; false is refused."),
            ApiParameter.Number("ProjectId", "The project; of elastic disks."),
            ApiParameter.Flag("DeleteWithInstance", "Whether they are terminated with their instance; postpaid only."),
            ApiParameter.Text("DiskType", "A type that is not slower; with nothing else.", [.. DiskType.All]),
            ApiParameter.Text("BurstPerformanceOperation", "Kept and shown only.", "CREATE", "CANCEL"),
        ],
    };

    /// <summary>Runs the action.</summary>
    public static ApiResponse Run(ActionCall call)
    {
        call.Domain.Attributes.Modify(Read(call.Parameters), call.Caller);
        return new ApiResponse();
    }

    private static ModifyDiskAttributesRequest Read(ParameterReader parameters) => new()
    {
        DiskIds = parameters.RequiredTexts("DiskIds", DiskIdsMax),
        DiskName = parameters.Text("DiskName"),
        Portable = parameters.Flag("Portable"),
        ProjectId = parameters.Number("ProjectId"),
        DeleteWithInstance = parameters.Flag("DeleteWithInstance"),
        DiskType = parameters.Text("DiskType"),
        BurstPerformanceOperation = parameters.Text("BurstPerformanceOperation"),
    };
}
