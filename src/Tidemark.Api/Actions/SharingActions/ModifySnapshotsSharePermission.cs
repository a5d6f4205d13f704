using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.SharingActions;

/// <summary>Shares snapshots with other accounts, or ends that; all or nothing.</summary>
internal static class ModifySnapshotsSharePermission
{
    private const int SnapshotIdsMax = 100;
    private const int AccountIdsMax = 50;
    private const string Share = "SHARE";
    private const string Cancel = "CANCEL";

    /// <summary>The declaration.</summary>
    public static readonly ApiAction Action = new(
        "ModifySnapshotsSharePermission",
        Run,
        typeof(ApiResponse),
        "Lets other accounts make disks from snapshots of data disks, or ends that; all or nothing.")
    {
        IsMutating = true,
        Parameters =
        [
            ApiParameter.Texts("SnapshotIds", "1 to 100 snapshots of data disks.").Required,
            ApiParameter.Texts("AccountIds", "At most 50 accounts; may be empty when Permission is CANCEL."),
            ApiParameter.Text("Permission", "What to do.", Share, Cancel).Required,
        ],
    };

    /// <summary>Runs the action.</summary>
    public static ApiResponse Run(ActionCall call)
    {
        var snapshotIds = call.Parameters.RequiredTexts("SnapshotIds", SnapshotIdsMax);
        var permission = call.Parameters.RequiredText("Permission");
        // Terraform sends an empty list once nobody is left; a form cannot carry one at all.
        var accountIds = call.Parameters.Texts("AccountIds", AccountIdsMax) ?? [];
        switch (permission)
        {
            case Share:
                call.Domain.Sharing.Share(snapshotIds, accountIds, call.Caller);
                break;
            case Cancel:
                call.Domain.Sharing.Cancel(snapshotIds, accountIds, call.Caller);
                break;
            default:
                throw new ApiException(
                    ErrorCodes.InvalidParameterValue, "Parameter Permission must be SHARE or CANCEL.");
        }

        return new ApiResponse();
    }
}
