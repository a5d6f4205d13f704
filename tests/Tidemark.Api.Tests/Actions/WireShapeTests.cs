using System.Text;
using Tidemark.Api.Actions.DiskActions;
using Tidemark.Api.Actions.SnapshotActions;
using Tidemark.Api.Wire;
using Tidemark.Disks;
using Tidemark.Disks.Snapshots;

namespace Tidemark.Api.Tests.Actions;

public sealed class WireShapeTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 16, 30, 0, TimeSpan.Zero);

    [Fact]
    public void A_disk_has_every_documented_member() => AssertBody(
        """
        {"Response":{"TotalCount":1,"DiskSet":[{"DiskId":"disk-6sn1tlgq","DiskName":"夜","DiskType":"CLOUD_SSD",
        "DiskSize":20,"DiskUsage":"DATA_DISK","DiskState":"UNATTACHED","DiskChargeType":"POSTPAID_BY_HOUR",
        "Attached":false,"InstanceId":"","InstanceIdList":[],"InstanceType":"CVM","LastAttachInsId":"",
        "AttachMode":"PF","Portable":true,"Shareable":false,"DeleteWithInstance":false,
        "Placement":{"Zone":"local-1","ProjectId":0,
        "ProjectName":"","CageId":"","CdcId":"","CdcName":"","DedicatedClusterId":""},"Encrypt":false,
        "ThroughputPerformance":0,"BurstPerformance":false,"SnapshotAbility":true,"SnapshotCount":2,"SnapshotSize":3,
        "AutoSnapshotPolicyIds":null,"DeleteSnapshot":0,"BackupDisk":false,"DiskBackupQuota":0,"DiskBackupCount":0,
        "Rollbacking":false,"RollbackPercent":100,"Migrating":false,"MigratePercent":100,"ErrorPrompt":"",
        "Tags":[{"Key":"k","Value":"v"}],"CreateTime":"2026-11-23 00:30:00","DeadlineTime":"",
        "DifferDaysOfDeadline":null,"DeadlineError":false,"AutoRenewFlagError":false,
        "RenewFlag":"NOTIFY_AND_MANUAL_RENEW","IsReturnable":false,"ReturnFailCode":10,"ClientCount":1,
        "SourceSnapshotId":"","SnapshotSizeIsCurrent":true}],"RequestId":"r"}}
        """,
        new DescribeDisksResponse { TotalCount = 1, DiskSet = [new WireDisk(SomeDisk(), Now, showPolicies: false)] });

    [Fact]
    public void A_snapshot_has_every_documented_member() => AssertBody(
        """
        {"Response":{"TotalCount":1,"SnapshotSet":[{"SnapshotId":"snap-3xvkyxpp","SnapshotName":"unnamed",
        "SnapshotState":"NORMAL","Percent":100,"DiskId":"disk-6sn1tlgq","DiskSize":20,"DiskUsage":"DATA_DISK",
        "Placement":{"Zone":"local-1","ProjectId":0,"ProjectName":"","CageId":"","CdcId":"","CdcName":"",
        "DedicatedClusterId":""},"Encrypt":false,"IsPermanent":true,"DeadlineTime":"",
        "CreateTime":"2026-11-23 00:30:00","LatestModifyTime":"2026-11-23T00:30:00+08:00",
        "SnapshotType":"PRIVATE_SNAPSHOT","SnapshotMode":"INSTANT_SNAPSHOT","ShareReference":0,"TimeStartShare":"",
        "CopyFromRemote":false,"CopyingToRegions":[],"Images":[],"ImageCount":0,"IsLocked":false,
        "AutoSnapshotPolicyId":"","Tags":[],"Origin":"manual","Consistency":"crash","SnapshotGroupId":"",
        "CopySourceId":"","DeletedTime":""}],"RequestId":"r"}}
        """,
        new DescribeSnapshotsResponse { TotalCount = 1, SnapshotSet = [new WireSnapshot(SomeSnapshot())] });

    [Fact]
    public void A_temporary_snapshot_says_until_when()
    {
        var shown = new WireSnapshot(SomeSnapshot() with { DeadlineTime = Now.AddDays(3) });

        Assert.Equal((false, "2026-11-26 00:30:00"), (shown.IsPermanent, shown.DeadlineTime));
    }

    [Fact]
    public void A_prepaid_disk_counts_its_days_even_after_the_last()
    {
        var disk = SomeDisk() with { DiskChargeType = ChargeType.Prepaid, DeadlineTime = Now.AddHours(-30) };
        var shown = new WireDisk(disk, Now, showPolicies: true);

        Assert.Equal((-2L, true, 0), (shown.DifferDaysOfDeadline, shown.IsReturnable, shown.ReturnFailCode));
        Assert.Equal("2026-11-21 18:30:00", shown.DeadlineTime);
        Assert.Empty(shown.AutoSnapshotPolicyIds!);
    }

    [Fact]
    public void A_disk_that_rolls_back_says_so()
    {
        var shown = new WireDisk(SomeDisk() with { DiskState = DiskState.RollingBack }, Now, showPolicies: false);

        Assert.Equal((true, 0), (shown.Rollbacking, shown.RollbackPercent));
    }

    [Fact]
    public void Sizes_are_bytes_by_name() => AssertBody(
        """
        {"Response":{"SnapshotSizeSet":[{"SnapshotId":"snap-1","IsExact":true,"ReferencedBytes":5,"UniqueBytes":1,
        "SharedBytes":4,"ChangedBytes":2}],"FreedIfDeletedBytes":1,"RequestId":"r"}}
        """,
        new DescribeSnapshotSizesResponse
        {
            SnapshotSizeSet = [new SnapshotSizes("snap-1", true, 5, 1, 4, 2)],
            FreedIfDeletedBytes = 1,
        });

    [Fact]
    public void Changed_blocks_are_extents_and_the_next_offset() => AssertBody(
        """
        {"Response":{"ChangedBlockSet":[{"Offset":4096,"LengthBytes":8192,"IsData":true}],"NextOffset":null,
        "DiskSizeBytes":1073741824,"RequestId":"r"}}
        """,
        new DescribeChangedBlocksResponse
        {
            ChangedBlockSet = [new ChangedExtent(4096, 8192, true)],
            NextOffset = null,
            DiskSizeBytes = 1L << 30,
        });

    private static void AssertBody(string expected, ApiResponse response) =>
        Assert.Equal(expected.ReplaceLineEndings(""), Encoding.UTF8.GetString(Envelope.Write(response, "r").Span));

    private static Disk SomeDisk() => new()
    {
        DiskId = "disk-6sn1tlgq",
        DiskName = "夜",
        DiskType = "CLOUD_SSD",
        DiskSizeGiB = 20,
        DiskUsage = DiskUsage.Data,
        DiskState = DiskState.Unattached,
        DiskChargeType = ChargeType.Postpaid,
        AccountId = "100000000001",
        Region = "local",
        Zone = "local-1",
        ClientCount = 1,
        SnapshotCount = 2,
        SnapshotSizeMiB = 3,
        CreateTime = Now,
        Tags = [new Tag("k", "v")],
    };

    private static Snapshot SomeSnapshot() => new()
    {
        SnapshotId = "snap-3xvkyxpp",
        SnapshotName = "unnamed",
        DiskId = "disk-6sn1tlgq",
        LayerId = 3,
        DiskSizeGiB = 20,
        DiskUsage = DiskUsage.Data,
        SnapshotState = SnapshotState.Normal,
        AccountId = "100000000001",
        Region = "local",
        Zone = "local-1",
        CreateTime = Now,
        ModifyTime = Now,
    };
}
