#pragma warning disable CA1822
using Tidemark.Disks.Queries;

namespace Tidemark.Disks.Snapshots;

/// <summary>What can be done with snapshots. Every refusal is a <see cref="DomainException"/>; every change leaves an audit event.</summary>
public sealed class SnapshotOperations
{
    /// <summary>Takes a snapshot; it is complete, durable and listed when this returns. Writers do not wait for it.</summary>
    /// <returns>Its id.</returns>
    public string Create(CreateSnapshotRequest request, Caller caller) => throw new InvalidOperationException();

    /// <summary>
    /// Lists snapshots. Filters: snapshot-id, snapshot-name, snapshot-state, disk-usage, project-id, disk-id (at most 10 values), zone,
    /// encrypt, snapshot-type, tag-key, tag-value, tag:KEY.
    /// </summary>
    public Page<Snapshot> List(ListQuery query) => throw new InvalidOperationException();

    /// <summary>One snapshot, or null.</summary>
    public Snapshot? Find(string snapshotId) => throw new InvalidOperationException();

    /// <summary>Deletes snapshots, all or none (1 to 100 ids); their space comes back in the background.</summary>
    public void Delete(IReadOnlyList<string> snapshotIds, Caller caller) => throw new InvalidOperationException();

    /// <summary>
    /// Rolls a disk back to one of its own snapshots; newer snapshots stay. Refused while the disk is attached or a client is
    /// connected, unless <paramref name="disconnectClients"/>.
    /// </summary>
    public void Apply(string snapshotId, string diskId, bool disconnectClients, Caller caller) =>
        throw new InvalidOperationException();

    /// <summary>Deletes snapshots whose deadline has passed, at most 100 in one call.</summary>
    /// <returns>How many were deleted.</returns>
    public int DeleteExpired() => throw new InvalidOperationException();
}
