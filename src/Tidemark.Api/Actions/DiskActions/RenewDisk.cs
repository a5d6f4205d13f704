using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.DiskActions;

/// <summary>Moves the deadline of a prepaid disk; brings it back from the recycle bin. Nothing is billed.</summary>
internal static class RenewDisk
{
    /// <summary>The declaration.</summary>
    public static readonly ApiAction Action = new(
        "RenewDisk",
        Run,
        typeof(ApiResponse),
        "Moves the deadline of a prepaid disk; brings it back from the recycle bin. Nothing is billed.")
    {
        IsMutating = true,
        Parameters =
        [
            ApiParameter.Text("DiskId", "The disk.").Required,
            SharedMembers.DiskChargePrepaid.Required,
        ],
    };

    /// <summary>Runs the action.</summary>
    public static ApiResponse Run(ActionCall call)
    {
        var term = PrepaidMembers.Read(call.Parameters.RequiredNested("DiskChargePrepaid"));
        call.Domain.Attributes.Renew(call.Parameters.RequiredText("DiskId"), term, call.Caller);
        return new ApiResponse();
    }
}
