using Tidemark.Catalog;
using Tidemark.Disks.Events;
using Tidemark.Disks.Exports;
using Tidemark.Disks.Quotas;
using Tidemark.Disks.Snapshots;
using Tidemark.Engine;

namespace Tidemark.Disks;

/// <summary>What the operations of the domain share.</summary>
internal sealed record DomainParts
{
    /// <summary>The storage engine.</summary>
    public required StorageEngine Engine { get; init; }

    /// <summary>The catalog, the same that the engine was opened with.</summary>
    public required SqlCatalog Catalog { get; init; }

    /// <summary>Options.</summary>
    public required DomainOptions Options { get; init; }

    /// <summary>Draws ids.</summary>
    public required Identifiers Identifiers { get; init; }

    /// <summary>One change of a disk at a time.</summary>
    public required DiskLocks Locks { get; init; }

    /// <summary>Who is connected.</summary>
    public required DiskClients Clients { get; init; }

    /// <summary>The audit log.</summary>
    public required EventLog Events { get; init; }

    /// <summary>Runs actions.</summary>
    public required AuditedWork Audited { get; init; }

    /// <summary>How much an account may have.</summary>
    public required AccountQuotas Quotas { get; init; }

    /// <summary>How fast disks may be; null when nobody is held back.</summary>
    public required DiskPaces? Paces { get; init; }

    /// <summary>How much snapshots hold.</summary>
    public required SnapshotSizeCache Sizes { get; init; }

    /// <summary>Now, to the millisecond, as the catalog keeps times.</summary>
    public DateTimeOffset Now =>
        Timestamps.FromColumn(Options.Time.GetUtcNow().ToUnixTimeMilliseconds());

    /// <summary>Commits rows of the domain alone.</summary>
    public void Commit(Action<SqlTransaction> changes) =>
        Catalog.Commit(transaction => changes(SqlTransaction.Of(transaction)));
}
