using System.Collections.Frozen;
using Tidemark.Api.Actions.AbsentActions;
using Tidemark.Api.Actions.AccountActions;
using Tidemark.Api.Actions.BackupActions;
using Tidemark.Api.Actions.CvmActions;
using Tidemark.Api.Actions.DiskActions;
using Tidemark.Api.Actions.GroupActions;
using Tidemark.Api.Actions.InstanceActions;
using Tidemark.Api.Actions.LogActions;
using Tidemark.Api.Actions.PolicyActions;
using Tidemark.Api.Actions.PriceActions;
using Tidemark.Api.Actions.QuotaActions;
using Tidemark.Api.Actions.ServerActions;
using Tidemark.Api.Actions.SharingActions;
using Tidemark.Api.Actions.SnapshotActions;
using Tidemark.Api.Actions.TagActions;

namespace Tidemark.Api.Actions;

/// <summary>
/// Every action of this server by name. A new action is a file in a folder beside this one and a line here.
/// </summary>
internal static class ActionTable
{
    /// <summary>All of them, by name.</summary>
    public static readonly IReadOnlyList<ApiAction> All =
        [.. Declared().OrderBy(action => action.Name, StringComparer.Ordinal)];

    private static readonly FrozenDictionary<string, ApiAction> ByName =
        All.ToFrozenDictionary(action => action.Name, StringComparer.Ordinal);

    /// <summary>The names, sorted.</summary>
    public static IEnumerable<string> Names => All.Select(action => action.Name);

    /// <summary>The action of that name, or null.</summary>
    public static ApiAction? Find(string name) => ByName.GetValueOrDefault(name);

    private static IEnumerable<ApiAction> Declared() =>
    [
        .. Disks(), .. Snapshots(), .. Groups(), .. Backups(), .. Sharing(), .. Server(), .. Instances(), .. Cvm(),
        .. Policies(), .. Accounts(), .. Logs(), .. Tags(), .. PriceInquiries.Actions, .. AbsentActionTable.Actions,
    ];

    private static ApiAction[] Disks() =>
    [
        CreateDisks.Action,
        DescribeDeletedDisks.Action,
        DescribeDiskConfigQuota.Action,
        DescribeDisks.Action,
        ModifyDiskAttributes.Action,
        ModifyDiskExtraPerformance.Action,
        ModifyDisksChargeType.Action,
        ModifyDisksRenewFlag.Action,
        RenewDisk.Action,
        ResizeDisk.Action,
        RestoreDisks.Action,
        InitializeDisks.Action,
        ResumeDiskIo.Action,
        SuspendDiskIo.Action,
        TerminateDisks.Action,
    ];

    private static ApiAction[] Instances() =>
    [
        AttachDisks.Action,
        DeregisterInstance.Action,
        DescribeInstancesDiskNum.Action,
        DetachDisks.Action,
        RegisterInstance.Action,
    ];

    private static ApiAction[] Cvm() =>
    [
        DescribeInstances.Action,
        DescribeInstancesStatus.Action,
        DescribeRegions.Action,
        DescribeZones.Action,
        StartInstances.Action,
        StopInstances.Action,
    ];

    private static ApiAction[] Snapshots() =>
    [
        ApplySnapshot.Action,
        CreateSnapshot.Action,
        DeleteSnapshots.Action,
        DescribeChangedBlocks.Action,
        DescribeSnapshotOverview.Action,
        DescribeSnapshotOverview.OlderAction,
        DescribeSnapshotSizes.Action,
        DescribeSnapshots.Action,
        LockSnapshots.Action,
        ModifySnapshotAttribute.Action,
        ReadSnapshotBlocks.Action,
        RestoreSnapshots.Action,
        UnlockSnapshots.Action,
    ];

    private static ApiAction[] Groups() =>
    [
        ApplySnapshotGroup.Action,
        CreateSnapshotGroup.Action,
        DeleteSnapshotGroup.Action,
        DescribeSnapshotGroups.Action,
    ];

    private static ApiAction[] Backups() =>
    [
        ApplyDiskBackup.Action,
        CreateDiskBackup.Action,
        DeleteDiskBackups.Action,
        DescribeDiskBackups.Action,
        ModifyDiskBackupQuota.Action,
    ];

    private static ApiAction[] Sharing() =>
    [
        CopySnapshotCrossRegions.Action,
        DescribeSnapshotSharePermission.Action,
        ModifySnapshotsSharePermission.Action,
    ];

    private static ApiAction[] Policies() =>
    [
        BindAutoSnapshotPolicy.Action,
        CreateAutoSnapshotPolicy.Action,
        DeleteAutoSnapshotPolicies.Action,
        DescribeAutoSnapshotPolicies.Action,
        DescribeDiskAssociatedAutoSnapshotPolicy.Action,
        DescribePolicyForecast.Action,
        ModifyAutoSnapshotPolicyAttribute.Action,
        UnbindAutoSnapshotPolicy.Action,
    ];

    private static ApiAction[] Server() =>
    [
        DescribeEvents.Action,
        DescribeJobs.Action,
        DescribeQuotas.Action,
        DescribeServer.Action,
        ModifyQuota.Action,
        StartCheck.Action,
    ];

    private static ApiAction[] Accounts() =>
    [
        CreateAccessKey.Action,
        CreateAccount.Action,
        DeleteAccessKey.Action,
        DeleteAccount.Action,
        DescribeAccessKeys.Action,
        DescribeAccounts.Action,
        GetCallerIdentity.Action,
        ModifyAccessKey.Action,
    ];

    private static ApiAction[] Logs() =>
    [
        DescribeDiskOperationLogs.Action,
        DescribeSnapshotOperationLogs.Action,
    ];

    private static ApiAction[] Tags() =>
    [
        AttachResourcesTag.Action,
        DescribeResourceTags.Action,
        DescribeResourceTagsByResourceIds.Action,
        DescribeResourcesByTags.Action,
        DescribeTagKeys.Action,
        DescribeTagValues.Action,
        DescribeTags.Action,
        DetachResourcesTag.Action,
        GetResources.Action,
        GetTagKeys.Action,
        GetTagValues.Action,
        GetTags.Action,
        ModifyResourceTags.Action,
        TagResources.Action,
        UnTagResources.Action,
    ];
}
