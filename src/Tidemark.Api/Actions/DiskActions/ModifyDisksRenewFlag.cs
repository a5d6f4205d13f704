using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.DiskActions;

/// <summary>Sets what happens at the deadline of disks, all or none; kept and shown only.</summary>
internal static class ModifyDisksRenewFlag
{
    private const int DiskIdsMax = 100;

    /// <summary>The declaration.</summary>
    public static readonly ApiAction Action = new(
        "ModifyDisksRenewFlag",
        Run,
        typeof(ApiResponse),
        "Sets what happens at the deadline of disks, all or none; kept and shown only.")
    {
        IsMutating = true,
        Parameters =
        [
            ApiParameter.Texts("DiskIds", "1 to 100 disks.").Required,
            ApiParameter.Text(
                "RenewFlag",
                "What happens.",
                "NOTIFY_AND_AUTO_RENEW",
                "NOTIFY_AND_MANUAL_RENEW",
                "DISABLE_NOTIFY_AND_MANUAL_RENEW").Required,
            ApiParameter.Number("AutoRenewPeriod", "Months, 1 to 36."),
        ],
    };

    /// <summary>Runs the action.</summary>
    public static ApiResponse Run(ActionCall call)
    {
        call.Domain.Attributes.ModifyRenewFlag(
            call.Parameters.RequiredTexts("DiskIds", DiskIdsMax),
            call.Parameters.RequiredText("RenewFlag"),
            call.Parameters.Number("AutoRenewPeriod"),
            call.Caller);
        return new ApiResponse();
    }
}
