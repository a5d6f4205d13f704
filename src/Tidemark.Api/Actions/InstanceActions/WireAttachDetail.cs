using Tidemark.Disks.Instances;

namespace Tidemark.Api.Actions.InstanceActions;

/// <summary>How many disks an instance has, as DescribeInstancesDiskNum shows it.</summary>
internal sealed class WireAttachDetail(InstanceDiskCount count)
{
    public string InstanceId => count.InstanceId;

    public int AttachedDiskCount => count.AttachedCount;

    public int MaxAttachCount => count.AttachedCountMax;
}
