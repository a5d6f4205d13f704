using Tidemark.Disks.Snapshots;

namespace Tidemark.Disks.Exports;

/// <summary>What a name turned out to mean: exactly one of the three is set.</summary>
/// <param name="Disk">A disk.</param>
/// <param name="Snapshot">A snapshot.</param>
/// <param name="Problem">Why it means nothing, for the person at the client.</param>
internal readonly record struct ExportTarget(Disk? Disk, Snapshot? Snapshot, string? Problem)
{
    /// <summary>A name that means nothing.</summary>
    public static ExportTarget Unknown(string problem) => new(null, null, problem);
}
