#pragma warning disable CA1822
namespace Tidemark.Disks.Quotas;

/// <summary>How many snapshots the region may hold: a base, and more for each disk.</summary>
public sealed class SnapshotQuota
{
    /// <summary>Snapshots that exist now.</summary>
    public int Used => throw new InvalidOperationException();

    /// <summary>Snapshots that may exist with the disks of now.</summary>
    public int Limit => throw new InvalidOperationException();
}
