using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.AbsentActions;

/// <summary>
/// The actions of CBS that have no meaning here: each is known and refused with its reason, so that a client is told
/// more than that the action does not exist.
/// </summary>
internal static class AbsentActionTable
{
    private const string NoRemoteDisks =
        "remote disks (rdisk-) are single copies in the cloud's own machines; create ordinary disks instead";

    private const string NoClusters = "there are no dedicated clusters; disks are made in the zones of the region";

    /// <summary>The declarations.</summary>
    public static readonly IReadOnlyList<ApiAction> Actions =
    [
        Absent(
            "CopyAutoSnapshotPolicyCrossAccount",
            "policies are not copied between accounts; create the policy in the other account", isMutating: true),
        Absent("DescribeDedicatedClusterDiskStatistics", NoClusters),
        Absent("CreateRemoteDisks", NoRemoteDisks, isMutating: true),
        Absent("AttachRemoteDisks", NoRemoteDisks, isMutating: true),
        Absent("DetachRemoteDisks", NoRemoteDisks, isMutating: true),
        Absent("DescribeRemoteDisks", NoRemoteDisks),
        Absent("DescribeRemoteDiskConfigQuota", NoRemoteDisks),
        Absent("DescribeRemoteDisksDeniedActions", NoRemoteDisks),
        Absent("ModifyRemoteDiskAttributes", NoRemoteDisks, isMutating: true),
        Absent("TerminateRemoteDisks", NoRemoteDisks, isMutating: true),
        Absent("RenewRemoteDisk", NoRemoteDisks, isMutating: true),
        Absent("InquirePriceCreateRemoteDisks", NoRemoteDisks),
        Absent("InquirePriceRenewRemoteDisks", NoRemoteDisks),
        Absent("SwitchParameterCreateRemoteDisks", NoRemoteDisks),
        Absent("SwitchParameterRenewRemoteDisks", NoRemoteDisks),
        new(
            "DescribeDiskStoragePool", _ => new DescribeDiskStoragePoolResponse(),
            typeof(DescribeDiskStoragePoolResponse), "The dedicated storage clusters: none.")
        {
            Parameters =
            [
                ApiParameter.Texts("CdcIds", "Accepted and ignored."),
                SharedMembers.Filters,
                ApiParameter.Number("Limit", "Accepted and ignored."),
                ApiParameter.Number("Offset", "Accepted and ignored."),
            ],
        },
    ];

    private static ApiAction Absent(string name, string reason, bool isMutating = false) => new(
        name,
        _ => throw new ApiException(ErrorCodes.UnsupportedOperation, $"{name} is not available here: {reason}."),
        typeof(ApiResponse),
        $"Refused: {reason}.")
    {
        IsMutating = isMutating,
    };
}
