#pragma warning disable CA1822
using Tidemark.Disks.Queries;

namespace Tidemark.Disks;

/// <summary>What can be done with disks. Every refusal is a <see cref="DomainException"/>; every change leaves an audit event.</summary>
public sealed class DiskOperations
{
    /// <summary>Creates disks; they are usable when this returns. All or none.</summary>
    /// <returns>Their ids, in the order of their names.</returns>
    public IReadOnlyList<string> Create(CreateDisksRequest request, Caller caller) =>
        throw new InvalidOperationException();

    /// <summary>
    /// Lists disks. Filters: disk-usage, disk-charge-type, portable, project-id, disk-id, disk-name, disk-type, disk-state, instance-id,
    /// zone, instance-ip-address, instance-name, tag-key, tag-value, tag:KEY, dedicated-cluster-id, cluster-group-id.
    /// </summary>
    public Page<Disk> List(ListQuery query) => throw new InvalidOperationException();

    /// <summary>One disk, or null.</summary>
    public Disk? Find(string diskId) => throw new InvalidOperationException();

    /// <summary>
    /// Terminates disks, all or none: postpaid ones are gone, prepaid ones go to the recycle bin, and from there they are destroyed.
    /// Refused while a disk is attached or a client is connected, unless <paramref name="disconnectClients"/>.
    /// </summary>
    /// <param name="diskIds">1 to 100 ids.</param>
    /// <param name="deleteSnapshots">Whether non-permanent snapshots go too; snapshots of others stay usable.</param>
    /// <param name="disconnectClients">Disconnects NBD clients first instead of refusing.</param>
    /// <param name="caller">On whose behalf.</param>
    public void Terminate(IReadOnlyList<string> diskIds, bool deleteSnapshots, bool disconnectClients, Caller caller) =>
        throw new InvalidOperationException();

    /// <summary>Grows a disk; connected clients go on with the old size until they reconnect.</summary>
    public void Resize(string diskId, long newSizeGiB, Caller caller) => throw new InvalidOperationException();
}
