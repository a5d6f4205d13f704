using Tidemark.Catalog;

namespace Tidemark.Disks.Instances;

/// <summary>That the content of disks may be replaced now, and what becomes of their instance.</summary>
/// <param name="InstanceId">The instance that is stopped for it; null when none has to be.</param>
/// <param name="StartsAgain">Whether it runs again afterwards.</param>
internal sealed record RollbackPermit(string? InstanceId, bool StartsAgain)
{
    /// <summary>
    /// Whether NBD clients of the disks are to be disconnected, as they would be by a host that stops.
    /// </summary>
    public bool DisconnectsClients => InstanceId is not null;

    /// <summary>
    /// Notes in the rollback's own transaction that the instance was stopped. One that starts again at once is never
    /// seen stopped, because the rollback is over with its transaction.
    /// </summary>
    public void Apply(SqlTransaction rows)
    {
        if (InstanceId is null || StartsAgain)
            return;
        if (InstanceTable.Find(rows.Rows, InstanceId, null) is { } instance)
            InstanceTable.Put(rows, instance with { InstanceState = InstanceState.Stopped });
    }
}
