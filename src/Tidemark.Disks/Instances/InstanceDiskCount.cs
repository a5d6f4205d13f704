namespace Tidemark.Disks.Instances;

/// <summary>How many disks an instance has.</summary>
/// <param name="InstanceId">Which.</param>
/// <param name="AttachedCount">Attached now.</param>
/// <param name="AttachedCountMax">How many it may have.</param>
public sealed record InstanceDiskCount(string InstanceId, int AttachedCount, int AttachedCountMax);
