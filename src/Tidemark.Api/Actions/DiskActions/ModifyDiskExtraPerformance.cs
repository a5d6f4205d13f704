using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.DiskActions;

/// <summary>Sets the extra throughput of a disk.</summary>
internal static class ModifyDiskExtraPerformance
{
    /// <summary>The declaration.</summary>
    public static readonly ApiAction Action = new(
        "ModifyDiskExtraPerformance",
        Run,
        typeof(ApiResponse),
        "Sets the extra throughput of a disk.")
    {
        IsMutating = true,
        Parameters =
        [
            ApiParameter.Text("DiskId", "The disk.").Required,
            ApiParameter.Number("ThroughputPerformance", "Extra throughput in MiB/s.").Required,
        ],
    };

    /// <summary>Runs the action.</summary>
    public static ApiResponse Run(ActionCall call)
    {
        call.Domain.Attributes.ModifyExtraPerformance(
            call.Parameters.RequiredText("DiskId"),
            call.Parameters.RequiredNumber("ThroughputPerformance"),
            call.Caller);
        return new ApiResponse();
    }
}
