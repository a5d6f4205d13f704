using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.CvmActions;

/// <summary>Notes that hosts were stopped: their disks may be rolled back. Nothing happens to the hosts.</summary>
internal static class StopInstances
{
    private const int InstanceIdsMax = 100;

    /// <summary>The declaration.</summary>
    public static readonly ApiAction Action = new(
        "StopInstances",
        Run,
        typeof(ApiResponse),
        "Notes that hosts were stopped: their disks may be rolled back. Nothing happens to the hosts.")
    {
        Product = CloudProduct.Cvm,
        IsMutating = true,
        Parameters =
        [
            ApiParameter.Texts("InstanceIds", "1 to 100 instances.").Required,
        ],
    };

    /// <summary>Runs the action.</summary>
    public static ApiResponse Run(ActionCall call)
    {
        call.Domain.Instances.Stop(call.Parameters.RequiredTexts("InstanceIds", InstanceIdsMax), call.Caller);
        return new ApiResponse();
    }
}
