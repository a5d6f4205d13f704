using Tidemark.Api.Wire;
using Tidemark.Disks;

namespace Tidemark.Api.Actions.PriceActions;

/// <summary>The questions for prices: checked like the action that they are about, answered with zero.</summary>
internal static class PriceInquiries
{
    private const int DiskIdsMax = 100;

    private static readonly ApiParameter ProjectId = ApiParameter.Number("ProjectId", "Accepted and ignored.");
    private static readonly ApiParameter DiskId = ApiParameter.Text("DiskId", "The disk.");

    private static readonly ApiParameter Extra =
        ApiParameter.Number("ThroughputPerformance", "Extra throughput in MiB/s.");

    private static readonly ApiParameter BackupQuota = ApiParameter.Number("DiskBackupQuota", "Backup points.");

    /// <summary>The declarations.</summary>
    public static readonly IReadOnlyList<ApiAction> Actions =
    [
        new("InquiryPriceCreateDisks", CreateDisks, typeof(DiskPriceResponse), About("new disks"))
        {
            Parameters =
            [
                ApiParameter.Text("DiskChargeType", "How they are paid for.", [.. ChargeType.All]).Required,
                ApiParameter.Text("DiskType", "The type.", [.. DiskType.All]).Required,
                ApiParameter.Number("DiskSize", "GiB.").Required,
                ProjectId,
                ApiParameter.Number("DiskCount", "1 to 50; 1 when left out."),
                Extra,
                SharedMembers.DiskChargePrepaid,
                BackupQuota,
            ],
        },
        new("InquiryPriceResizeDisk", ResizeDisk, typeof(DiskPrepayPriceResponse), About("growing disks"))
        {
            Parameters =
            [
                ApiParameter.Number("DiskSize", "The new size in GiB.").Required,
                DiskId,
                ApiParameter.Texts("DiskIds", "At most 100; not together with DiskId."),
                ProjectId,
            ],
        },
        new("InquiryPriceRenewDisks", RenewDisks, typeof(DiskPrepayPriceResponse), About("renewing prepaid disks"))
        {
            Parameters =
            [
                ApiParameter.Texts("DiskIds", "1 to 100 disks.").Required,
                ApiParameter.Objects(
                    "DiskChargePrepaids", "For how long, for each disk; not together with NewDeadline.",
                    [.. SharedMembers.DiskChargePrepaid.Members]),
                ApiParameter.Text("NewDeadline", "Until when; not together with DiskChargePrepaids."),
                ProjectId,
            ],
        },
        new(
            "InquirePriceModifyDiskBackupQuota", ModifyDiskBackupQuota, typeof(DiskPriceResponse),
            About("another number of backup points"))
        {
            Parameters = [DiskId.Required, BackupQuota.Required],
        },
        new(
            "InquirePriceModifyDiskExtraPerformance", ModifyDiskExtraPerformance, typeof(DiskPriceResponse),
            About("other extra throughput"))
        {
            Parameters = [DiskId.Required, Extra.Required],
        },
    ];

    private static string About(string what) => $"The price of {what}: always zero, for nothing is billed.";

    private static DiskPriceResponse CreateDisks(ActionCall call)
    {
        var parameters = call.Parameters;
        var chargeType = parameters.RequiredText("DiskChargeType");
        if (chargeType == ChargeType.Prepaid && parameters.Nested("DiskChargePrepaid") is null)
            throw new ApiException(ErrorCodes.MissingParameter, "Parameter DiskChargePrepaid is required for PREPAID.");
        call.Domain.Prices.CheckCreation(new CreateDisksRequest
        {
            DiskChargeType = chargeType,
            DiskType = parameters.RequiredText("DiskType"),
            DiskSize = parameters.RequiredNumber("DiskSize"),
            DiskCount = parameters.Number("DiskCount"),
            ThroughputPerformance = parameters.Number("ThroughputPerformance"),
            DiskBackupQuota = parameters.Number("DiskBackupQuota"),
        });
        return new DiskPriceResponse { DiskPrice = new WirePrice(chargeType == ChargeType.Prepaid) };
    }

    private static DiskPrepayPriceResponse ResizeDisk(ActionCall call)
    {
        var diskId = call.Parameters.Text("DiskId");
        var diskIds = call.Parameters.Texts("DiskIds", DiskIdsMax);
        if (!string.IsNullOrEmpty(diskId) && diskIds is { Count: > 0 })
            throw new ApiException(ErrorCodes.InvalidParameter, "DiskId and DiskIds cannot be given together.");
        var size = call.Parameters.RequiredNumber("DiskSize");
        IReadOnlyList<string> asked = string.IsNullOrEmpty(diskId)
            ? diskIds ?? throw new ApiException(ErrorCodes.MissingParameter, "Parameter DiskId or DiskIds is required.")
            : [diskId];
        var isPrepaid = call.Domain.Prices.CheckGrowth(asked, size, Home(call));
        return new DiskPrepayPriceResponse { DiskPrice = new WirePrepayPrice(isPrepaid) };
    }

    private static DiskPrepayPriceResponse RenewDisks(ActionCall call)
    {
        var diskIds = call.Parameters.RequiredTexts("DiskIds", DiskIdsMax);
        var periods = call.Parameters.Objects(
            "DiskChargePrepaids", DiskIdsMax, prepaid => prepaid.RequiredNumber("Period"));
        var hasDeadline = !string.IsNullOrEmpty(call.Parameters.Text("NewDeadline"));
        if (periods is not { Count: > 0 } && !hasDeadline)
        {
            throw new ApiException(
                ErrorCodes.MissingParameter, "Parameter DiskChargePrepaids or NewDeadline is required.");
        }

        if (periods is { Count: > 0 } && hasDeadline)
        {
            throw new ApiException(
                ErrorCodes.InvalidParameterValue, "DiskChargePrepaids and NewDeadline cannot be given together.");
        }

        call.Domain.Prices.CheckRenewal(diskIds, Home(call));
        return new DiskPrepayPriceResponse { DiskPrice = new WirePrepayPrice(isPrepaid: true) };
    }

    private static DiskPriceResponse ModifyDiskBackupQuota(ActionCall call)
    {
        var diskId = call.Parameters.RequiredText("DiskId");
        var quota = call.Parameters.RequiredNumber("DiskBackupQuota");
        var isPrepaid = call.Domain.Prices.CheckBackupQuota(diskId, quota, Home(call));
        return new DiskPriceResponse { DiskPrice = new WirePrice(isPrepaid) };
    }

    private static DiskPriceResponse ModifyDiskExtraPerformance(ActionCall call)
    {
        var diskId = call.Parameters.RequiredText("DiskId");
        var extra = call.Parameters.RequiredNumber("ThroughputPerformance");
        var isPrepaid = call.Domain.Prices.CheckExtraPerformance(diskId, extra, Home(call));
        return new DiskPriceResponse { DiskPrice = new WirePrice(isPrepaid) };
    }

    private static Disks.Accounts.Scope Home(ActionCall call) => call.Domain.Options.HomeOf(call.Caller);
}
