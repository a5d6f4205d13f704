using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.DiskActions;

/// <summary>Makes disks prepaid or postpaid, all or none. Nothing is billed.</summary>
internal static class ModifyDisksChargeType
{
    private const int DiskIdsMax = 100;

    /// <summary>The declaration.</summary>
    public static readonly ApiAction Action = new(
        "ModifyDisksChargeType",
        Run,
        typeof(ApiResponse),
        "Makes disks prepaid or postpaid, all or none. Nothing is billed.")
    {
        IsMutating = true,
        RequestsPerSecond = 10,
        Parameters =
        [
            ApiParameter.Texts("DiskIds", "1 to 100 disks.").Required,
            SharedMembers.DiskChargePrepaid,
            ApiParameter.Flag("DiskChargePostpaid", "True makes them postpaid; not together with DiskChargePrepaid."),
        ],
    };

    /// <summary>Runs the action.</summary>
    public static ApiResponse Run(ActionCall call)
    {
        var diskIds = call.Parameters.RequiredTexts("DiskIds", DiskIdsMax);
        var prepaid = call.Parameters.Nested("DiskChargePrepaid");
        var isPostpaid = call.Parameters.Flag("DiskChargePostpaid") ?? false;
        if (prepaid is null && !isPostpaid)
        {
            throw new ApiException(
                ErrorCodes.MissingParameter, "DiskChargePrepaid, or DiskChargePostpaid as true, is required.");
        }

        if (prepaid is not null && isPostpaid)
        {
            throw new ApiException(
                ErrorCodes.InvalidParameter, "DiskChargePrepaid and DiskChargePostpaid cannot be given together.");
        }

        var term = prepaid is { } members ? PrepaidMembers.Read(members) : null;
        call.Domain.Attributes.ModifyChargeType(diskIds, term, call.Caller);
        return new ApiResponse();
    }
}
