using Tidemark.Api.Tests.Actions;

namespace Tidemark.Api.Tests.Kills;

/// <summary>The requests that servers are killed in: a line for each mutating action, or more.</summary>
internal static class KillCases
{
    private const string Held = """{"InstanceIds":["ins-00000001"]}""";
    private const string ToLocal = "\"DestinationRegions\":[\"other\"]";
    private const string First = """{"SnapshotIds":["$SNAPSHOT"]}""";
    private const string Other = """{"DiskIds":["$OTHER"]}""";
    private const string Labelled =
        """
        "ServiceType":"cvm","ResourcePrefix":"volume","ResourceRegion":"local","ResourceIds":["$DISK"]
        """;

    private const string ResourceList = "\"ResourceList\":[\"qcs::cvm:local:uin/:volume/$DISK\"]";
    private const string Shared = "\"SnapshotIds\":[\"$SNAPSHOT\"],\"AccountIds\":[\"$ACCOUNT\"],\"Permission\":";
    private const string Schedule = "\"Policy\":[{\"IntervalDays\":2,\"Hour\":[3]}]";

    /// <summary>All of them.</summary>
    public static readonly KillCase[] All =
    [
        .. Disks(), .. Instances(), .. Snapshots(), .. Groups(), .. Policies(), .. Labels(), .. Accounts(),
    ];

    /// <summary>Actions that change nothing lasting, so that there is nothing to end in the middle of.</summary>
    public static readonly string[] NothingLasting = ["StartCheck", "SuspendDiskIo", "ResumeDiskIo"];

    private static KillCase[] Disks() =>
    [
        new("CreateDisks", "{" + World.Kind + ""","DiskSize":1,"Tags":[{"Key":"k","Value":"v"}]}"""),
        new("CreateDisks", "{" + World.Kind + ""","SnapshotId":"$SNAPSHOT"}"""),
        new("CreateDisks", "{" + World.Kind + ""","DiskSize":1,"DiskCount":3,"ClientToken":"t"}""")
        {
            IsResumed = true,
        },
        new("ResizeDisk", """{"DiskId":"$DISK","DiskSize":21}"""),
        new("TerminateDisks", """{"DiskIds":["$CLONE"]}"""),
        new("TerminateDisks", """{"DiskIds":["$OTHER","$PREPAID"],"DeleteSnapshot":1}"""),
        new("TerminateDisks", Other) { KeepsDeleted = true },
        new("RestoreDisks", Other) { KeepsDeleted = true, Before = ("TerminateDisks", Other) },
        new("ModifyDiskAttributes", """{"DiskIds":["$DISK","$OTHER"],"DiskName":"n","ProjectId":7}"""),
        new("ModifyDiskAttributes", """{"DiskIds":["$OTHER"],"DiskType":"CLOUD_HSSD"}"""),
        new("InitializeDisks", """{"DiskIds":["$OTHER"]}""") { KeepsFirst = true },
        new("InitializeDisks", """{"DiskIds":["$CLONE"]}""") { KeepsFirst = true },
        new("ModifyDiskExtraPerformance", """{"DiskId":"$DISK","ThroughputPerformance":100}"""),
        new("RenewDisk", """{"DiskId":"$PREPAID","DiskChargePrepaid":{"Period":2}}"""),
        new("ModifyDisksChargeType", """{"DiskIds":["$DISK"],"DiskChargePrepaid":{"Period":1}}"""),
        new("ModifyDisksRenewFlag", """{"DiskIds":["$PREPAID"],"RenewFlag":"NOTIFY_AND_AUTO_RENEW"}"""),
    ];

    private static KillCase[] Instances() =>
    [
        new("AttachDisks", """{"InstanceId":"ins-00000002","DiskIds":["$DISK","$OTHER"]}"""),
        new("DetachDisks", """{"DiskIds":["$HELD"]}"""),
        new("RegisterInstance", """{"InstanceId":"ins-00000009"}"""),
        new("DeregisterInstance", """{"InstanceId":"ins-00000001"}"""),
        new("StopInstances", Held),
        new("StartInstances", Held) { Before = ("StopInstances", Held) },
    ];

    private static KillCase[] Snapshots() =>
    [
        new("CreateSnapshot", """{"DiskId":"$DISK","Tags":[{"Key":"k","Value":"v"}]}"""),
        new("CreateSnapshot", """{"DiskBackupId":"$BACKUP"}""") { Needs = "CreateDiskBackup" },
        new("DeleteSnapshots", """{"SnapshotIds":["$SNAPSHOT","$TEMPORARY"]}"""),
        new("DeleteSnapshots", First) { KeepsDeleted = true },
        new("RestoreSnapshots", First) { KeepsDeleted = true, Before = ("DeleteSnapshots", First) },
        new("LockSnapshots", First),
        new("UnlockSnapshots", First) { Before = ("LockSnapshots", First) },
        new("ModifySnapshotsSharePermission", "{" + Shared + "\"SHARE\"}") { Needs = "CreateAccount" },
        new("ModifySnapshotsSharePermission", "{" + Shared + "\"CANCEL\"}")
        {
            Needs = "CreateAccount",
            Before = ("ModifySnapshotsSharePermission", "{" + Shared + "\"SHARE\"}"),
        },
        new("ApplySnapshot", """{"DiskId":"$DISK","SnapshotId":"$SNAPSHOT"}""") { KeepsFirst = true },
        new("ApplySnapshot", """{"DiskId":"$DISK","SnapshotId":"$SNAPSHOT","KeepSafetySnapshot":false}"""),
        new("ModifySnapshotAttribute", """{"SnapshotId":"$SNAPSHOT","SnapshotName":"n"}"""),
        new("CopySnapshotCrossRegions", """{"SnapshotId":"$SNAPSHOT",""" + ToLocal + "}") { IsResumed = true },
        new("CreateDiskBackup", """{"DiskId":"$DISK"}"""),
        new("ApplyDiskBackup", """{"DiskId":"$DISK","DiskBackupId":"$BACKUP"}""") { KeepsFirst = true },
        new("DeleteDiskBackups", """{"DiskBackupIds":["$BACKUP"]}"""),
        new("ModifyDiskBackupQuota", """{"DiskId":"$OTHER","DiskBackupQuota":2}"""),
    ];

    private static KillCase[] Groups() =>
    [
        new("CreateSnapshotGroup", """{"DiskIds":["$DISK","$OTHER","$CLONE"]}"""),
        new("ApplySnapshotGroup", """
            {"SnapshotGroupId":"$GROUP","ApplyDisks":[{"SnapshotId":"$MEMBER","DiskId":"$DISK"}]}
            """)
        {
            KeepsFirst = true,
        },
        new("DeleteSnapshotGroup", """{"SnapshotGroupId":"$GROUP"}"""),
    ];

    private static KillCase[] Policies() =>
    [
        new("CreateAutoSnapshotPolicy", "{" + Schedule + ""","AutoSnapshotPolicyName":"n"}"""),
        new("ModifyAutoSnapshotPolicyAttribute", """{"AutoSnapshotPolicyId":"$POLICY",""" + Schedule + "}"),
        new("DeleteAutoSnapshotPolicies", """{"AutoSnapshotPolicyIds":["$POLICY"]}"""),
        new("BindAutoSnapshotPolicy", """{"AutoSnapshotPolicyId":"$POLICY","DiskIds":["$OTHER","$CLONE"]}"""),
        new("UnbindAutoSnapshotPolicy", """{"AutoSnapshotPolicyId":"$POLICY","DiskIds":["$DISK"]}"""),
    ];

    private static KillCase[] Labels() =>
    [
        new("ModifyResourceTags", """
            {"Resource":"qcs::cvm:local:uin/:volume/$DISK","ReplaceTags":[{"TagKey":"k","TagValue":"v"}],
            "DeleteTags":[{"TagKey":"a"}]}
            """),
        new("AttachResourcesTag", "{" + Labelled + ""","TagKey":"k","TagValue":"v"}"""),
        new("DetachResourcesTag", "{" + Labelled + ""","TagKey":"a"}"""),
        new("TagResources", "{" + ResourceList + ""","Tags":[{"TagKey":"k","TagValue":"v"}]}"""),
        new("UnTagResources", "{" + ResourceList + ""","TagKeys":["a"]}"""),
    ];

    private static KillCase[] Accounts() =>
    [
        new("CreateAccount", """{"AccountName":"n"}"""),
        new("DeleteAccount", """{"AccountId":"$ACCOUNT"}"""),
        new("CreateAccessKey", """{"Name":"n","ReadOnly":true}"""),
        new("ModifyAccessKey", """{"SecretId":"$KEY","IsEnabled":false}"""),
        new("DeleteAccessKey", """{"SecretId":"$KEY"}"""),
        new("ModifyQuota", """{"QuotaName":"disks","QuotaLimit":100}"""),
    ];
}
