using Tidemark.Catalog;

namespace Tidemark.Disks.Instances;

/// <summary>
/// When the content of an attached disk may be replaced by that of a snapshot or a backup point: its instance must be
/// stopped, or the request lets it be stopped. A detached disk may always be rolled back. To be asked under the
/// disks' locks, in the same read as the disks; the permit's <see cref="RollbackPermit.Apply"/> belongs into the
/// transaction of the rollback, and its <see cref="RollbackPermit.DisconnectsClients"/> to
/// <see cref="DiskClients.RunAlone"/>.
/// </summary>
internal static class RollbackRule
{
    /// <summary>Refuses disks whose instance runs and may not be stopped, and disks of several instances.</summary>
    /// <param name="reader">Where the instances are.</param>
    /// <param name="disks">The disks of the request; whether their states allow it is not checked here.</param>
    /// <param name="autoStop">AutoStopInstance of the request.</param>
    /// <param name="autoStart">AutoStartInstance of the request.</param>
    /// <exception cref="DomainException">
    /// <see cref="ErrorCode.InvalidParameterValue"/>, <see cref="ErrorCode.InstanceNotStopped"/> or
    /// <see cref="ErrorCode.GroupOnSeveralInstances"/>.
    /// </exception>
    public static RollbackPermit Check(CatalogReader reader, IReadOnlyList<Disk> disks, bool autoStop, bool autoStart)
    {
        if (autoStart && !autoStop)
            throw RequestRules.BadValue("AutoStartInstance", "false unless AutoStopInstance is true", "true");
        var instanceIds = disks.Where(disk => disk.IsAttached).Select(disk => disk.InstanceId)
            .Distinct(StringComparer.Ordinal).ToList();
        if (instanceIds.Count == 0)
            return new RollbackPermit(null, false);
        if (instanceIds.Count > 1)
        {
            throw new DomainException(
                ErrorCode.GroupOnSeveralInstances,
                $"The disks are attached to {instanceIds.Count} instances ({string.Join(", ", instanceIds)}); roll " +
                "back those of one instance at a time, or detach them.");
        }

        var instanceId = instanceIds[0];
        var state = InstanceTable.Find(reader, instanceId, null)?.InstanceState;
        if (state == InstanceState.Stopped)
            return new RollbackPermit(null, false);
        return autoStop
            ? new RollbackPermit(instanceId, autoStart)
            : throw new DomainException(
                ErrorCode.InstanceNotStopped,
                $"Disk {disks.First(disk => disk.IsAttached).DiskId} is attached to {instanceId}, which runs; stop " +
                "it (AutoStopInstance, or StopInstances), or detach the disk first.");
    }
}
