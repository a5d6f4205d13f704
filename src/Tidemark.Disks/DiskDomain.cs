#pragma warning disable CA1822
using Tidemark.Catalog;
using Tidemark.Disks.Events;
using Tidemark.Disks.Keys;
using Tidemark.Disks.Quotas;
using Tidemark.Disks.Snapshots;
using Tidemark.Engine;

namespace Tidemark.Disks;

/// <summary>
/// Everything a user's request can be about, over one engine and one catalog, which it does not own. Composes the parts and holds no
/// rule of its own. Safe for concurrent use.
/// </summary>
public sealed class DiskDomain
{
    /// <summary>Puts the parts together and finishes what a crash interrupted (disks whose removal was decided).</summary>
    public DiskDomain(StorageEngine engine, SqlCatalog catalog, DomainOptions options) =>
        throw new InvalidOperationException();

    /// <summary>The options it was made with.</summary>
    public DomainOptions Options => throw new InvalidOperationException();

    /// <summary>Disks: create, list, terminate, resize.</summary>
    public DiskOperations Disks => throw new InvalidOperationException();

    /// <summary>Snapshots: create, list, delete, apply.</summary>
    public SnapshotOperations Snapshots => throw new InvalidOperationException();

    /// <summary>Sizes, differences and the check.</summary>
    public SnapshotReports Reports => throw new InvalidOperationException();

    /// <summary>How many snapshots there may be.</summary>
    public SnapshotQuota Quota => throw new InvalidOperationException();

    /// <summary>Keys that sign requests.</summary>
    public AccessKeys Keys => throw new InvalidOperationException();

    /// <summary>The audit log.</summary>
    public EventLog Events => throw new InvalidOperationException();

    /// <summary>Who is connected to which disk.</summary>
    public DiskClients Clients => throw new InvalidOperationException();
}
