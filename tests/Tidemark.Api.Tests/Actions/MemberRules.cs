namespace Tidemark.Api.Tests.Actions;

/// <summary>
/// The members of listed items that clients dereference: always there, never null, of one JSON type. Those that may be
/// null or absent are not named.
/// </summary>
internal static class MemberRules
{
    private const string Disk =
        """
        DiskId:s DiskName:s DiskType:s DiskSize:n DiskUsage:s DiskState:s DiskChargeType:s Attached:b InstanceId:s
        InstanceIdList:a InstanceType:s AttachMode:s Portable:b Shareable:b DeleteWithInstance:b Placement:o Encrypt:b
        ThroughputPerformance:n BurstPerformance:b SnapshotAbility:b SnapshotCount:n SnapshotSize:n DeleteSnapshot:n
        BackupDisk:b DiskBackupQuota:n DiskBackupCount:n Rollbacking:b RollbackPercent:n Migrating:b MigratePercent:n
        ErrorPrompt:s Tags:a CreateTime:s DeadlineTime:s DeadlineError:b AutoRenewFlagError:b RenewFlag:s
        ReturnFailCode:n
        """;

    private const string Snapshot =
        """
        SnapshotId:s SnapshotName:s SnapshotState:s Percent:n DiskId:s DiskSize:n DiskUsage:s Placement:o Encrypt:b
        IsPermanent:b DeadlineTime:s CreateTime:s SnapshotType:s SnapshotMode:s ShareReference:n TimeStartShare:s
        CopyFromRemote:b CopyingToRegions:a Images:a ImageCount:n Tags:a
        """;

    private const string Policy =
        """
        AutoSnapshotPolicyId:s AutoSnapshotPolicyName:s AutoSnapshotPolicyState:s IsActivated:b Policy:a
        NextTriggerTime:s IsPermanent:b RetentionDays:n RetentionMonths:n RetentionAmount:n DiskIdSet:a InstanceIdSet:a
        IsCopyToRemote:n CreateTime:s Tags:a
        """;

    private const string Group =
        """
        SnapshotGroupId:s SnapshotGroupName:s SnapshotGroupType:s SnapshotGroupState:s Percent:n SnapshotIdSet:a
        ContainRootSnapshot:b Images:a ImageCount:n IsPermanent:b CreateTime:s ModifyTime:s
        """;

    private const string Backup =
        """
        DiskBackupId:s DiskBackupName:s DiskBackupState:s Percent:n DiskId:s DiskSize:n DiskUsage:s Encrypt:b
        CreateTime:s
        """;

    private const string Config =
        """
        Available:b DiskType:s MinDiskSize:n MaxDiskSize:n StepSize:n DiskUsage:s DiskChargeType:s Zone:s Price:o
        """;

    /// <summary>What lists the items, its members, where the items are, and their rules.</summary>
    public static readonly (string Action, string Body, string ItemsName, string Members)[] Lists =
    [
        ("DescribeDisks", "{}", "DiskSet", Disk),
        ("DescribeSnapshots", "{}", "SnapshotSet", Snapshot),
        ("DescribeAutoSnapshotPolicies", "{}", "AutoSnapshotPolicySet", Policy),
        ("DescribeDiskAssociatedAutoSnapshotPolicy", """{"DiskId":"$DISK"}""", "AutoSnapshotPolicySet", Policy),
        ("DescribeSnapshotGroups", "{}", "SnapshotGroupSet", Group),
        ("DescribeDiskBackups", "{}", "DiskBackupSet", Backup),
        ("DescribeInstancesDiskNum", """{"InstanceIds":["ins-00000001"]}""", "AttachDetail",
            "InstanceId:s AttachedDiskCount:n MaxAttachCount:n"),
        ("DescribeDiskConfigQuota", """{"InquiryType":"INQUIRY_CBS_CONFIG"}""", "DiskConfigSet", Config),
        ("DescribeResourceTagsByResourceIds",
            """
            {"ServiceType":"cvm","ResourcePrefix":"volume","ResourceIds":["$DISK"],"ResourceRegion":"local"}
            """,
            "Tags", "TagKey:s TagValue:s ResourceId:s"),
    ];
}
