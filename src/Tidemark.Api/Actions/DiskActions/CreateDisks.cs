using Tidemark.Api.Wire;
using Tidemark.Disks;

namespace Tidemark.Api.Actions.DiskActions;

/// <summary>
/// Creates one or more alike disks, empty or from a snapshot; they are usable when the answer goes out.
/// </summary>
internal static class CreateDisks
{
    /// <summary>The declaration.</summary>
    public static readonly ApiAction Action = new(
        "CreateDisks",
        Run,
        typeof(CreateDisksResponse),
        "Creates one or more alike disks, empty or from a snapshot; they are usable when the answer goes "
            + "out.")
    {
        IsMutating = true,
        Parameters =
        [
            SharedMembers.Placement.Required,
            ApiParameter.Text("DiskChargeType", "How it is paid for; nothing is billed.", [.. ChargeType.All]).Required,
            ApiParameter.Text("DiskType", "The type; it decides sizes and performance.", [.. DiskType.All]).Required,
            ApiParameter.Text("DiskName", "At most 60 bytes; several disks get _0, _1, … appended."),
            ApiParameter.Number("DiskSize", "GiB; the snapshot's size when left out and SnapshotId is given."),
            ApiParameter.Number("DiskCount", "1 to 50; 1 when left out."),
            ApiParameter.Text("SnapshotId", "The snapshot that the disks start from."),
            SharedMembers.Tags,
            ApiParameter.Text("ClientToken", "At most 64 ASCII characters: a repeated request gets the same disks."),
            SharedMembers.DiskChargePrepaid,
            ApiParameter.Number("ThroughputPerformance", "Extra throughput in MiB/s."),
            ApiParameter.Flag("BurstPerformance", "Whether it may save up performance that it does not use."),
            ApiParameter.Number("DiskBackupQuota", "Backup points that a disk may have: 0 to 1024."),
            ApiParameter.Number("DeleteSnapshot", "1: non-permanent snapshots go with the disk."),
            ApiParameter.Text("Encrypt", "ENCRYPT is refused: encrypt on the host."),
            ApiParameter.Text("EncryptType", "Needs Encrypt, which is refused."),
            ApiParameter.Text("KmsKeyId", "Needs Encrypt, which is refused."),
            ApiParameter.Flag("Shareable", "True is refused."),
            ApiParameter.Nested("AutoMountConfiguration", "Refused: the host mounts the disk."),
        ],
    };

    /// <summary>Runs the action.</summary>
    public static ApiResponse Run(ActionCall call)
    {
        RefuseUnsupported(call.Parameters);
        var request = Read(call.Parameters);
        return new CreateDisksResponse { DiskIdSet = call.Domain.Disks.Create(request, call.Caller) };
    }

    // What cannot be honoured is refused by name: a disk that silently lacks what was asked for would be worse.
    private static void RefuseUnsupported(ParameterReader parameters)
    {
        var isEncrypted = !string.IsNullOrEmpty(parameters.Text("Encrypt"));
        if (!isEncrypted && !string.IsNullOrEmpty(parameters.Text("KmsKeyId")))
            throw new ApiException(ErrorCodes.InvalidParameter, "KmsKeyId needs Encrypt.");

        var isShareable = parameters.Flag("Shareable") ?? false;
        if (isEncrypted && isShareable)
            throw new ApiException(ErrorCodes.InvalidParameter, "Encrypt and Shareable cannot be given together.");

        if (parameters.Nested("AutoMountConfiguration") is not null)
        {
            throw new ApiException(
                ErrorCodes.UnsupportedOperation,
                "AutoMountConfiguration is not available here: mount the disk over NBD.");
        }
    }

    // The disk would never show what was asked for, and a client that compares would make it anew again and again.
    private static void RefuseCluster(ParameterReader placement, string name)
    {
        if (placement.Text(name) is { Length: > 0 } cluster)
        {
            throw new ApiException(
                ErrorCode.DiskConfigNotSupported,
                $"Placement.{name} is \"{cluster}\"; there are no dedicated clusters here: leave it out.");
        }
    }

    private static CreateDisksRequest Read(ParameterReader parameters)
    {
        var placement = parameters.RequiredNested("Placement");
        RefuseCluster(placement, "CdcId");
        RefuseCluster(placement, "DedicatedClusterId");
        var chargeType = parameters.RequiredText("DiskChargeType");
        var prepaid = parameters.Nested("DiskChargePrepaid");
        if (chargeType == ChargeType.Prepaid && prepaid is null)
            throw new ApiException(ErrorCodes.MissingParameter, "Parameter DiskChargePrepaid is required for PREPAID.");

        return new CreateDisksRequest
        {
            Zone = placement.RequiredText("Zone"),
            ProjectId = placement.Number("ProjectId"),
            DiskChargeType = chargeType,
            DiskType = parameters.RequiredText("DiskType"),
            DiskName = parameters.Text("DiskName"),
            DiskSize = parameters.Number("DiskSize"),
            DiskCount = parameters.Number("DiskCount"),
            SnapshotId = parameters.Text("SnapshotId"),
            Tags = SharedMembers.ReadTags(parameters),
            ClientToken = parameters.Text("ClientToken"),
            PrepaidPeriod = prepaid?.RequiredNumber("Period"),
            RenewFlag = prepaid?.Text("RenewFlag"),
            ThroughputPerformance = parameters.Number("ThroughputPerformance"),
            BurstPerformance = parameters.Flag("BurstPerformance"),
            DeleteSnapshot = parameters.Number("DeleteSnapshot"),
            DiskBackupQuota = parameters.Number("DiskBackupQuota"),
            Encrypt = parameters.Text("Encrypt"),
            EncryptType = parameters.Text("EncryptType"),
            Shareable = parameters.Flag("Shareable"),
        };
    }
}
