namespace Tidemark.Simulation.Histories;

/// <summary>A snapshot as it must read for ever.</summary>
/// <param name="LayerId">Its layer.</param>
/// <param name="Blocks">Its content.</param>
/// <param name="Parent">The snapshot below, deleted ones included; null for none.</param>
/// <param name="Touched">Blocks written or trimmed since that one.</param>
internal sealed record SnapshotModel(
    long LayerId, Dictionary<long, Sector[]> Blocks, SnapshotModel? Parent, HashSet<long> Touched)
{
    /// <summary>See <see cref="DiskModel.IsTouchedKnown"/>.</summary>
    public bool IsTouchedKnown { get; init; } = true;

    /// <summary>False once it was deleted; it then only serves as a step on the path between others.</summary>
    public bool IsAlive { get; set; } = true;
}
