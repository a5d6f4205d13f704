using Tidemark.Engine;
using Tidemark.Nbd;

namespace Tidemark.Disks.Measures;

/// <summary>A server for whoever watches from outside, as it was at one moment not long ago.</summary>
/// <param name="Engine">Figures of the engine.</param>
/// <param name="Disks">The disks, sorted by id; at most as many as were asked for.</param>
/// <param name="DiskCount">How many there are.</param>
/// <param name="SnapshotCount">Snapshots of all disks.</param>
/// <param name="SnapshotReaders">What clients of all snapshots together did.</param>
public sealed record ServerStatus(
    EngineFigures Engine,
    IReadOnlyList<DiskStatus> Disks,
    int DiskCount,
    int SnapshotCount,
    ExportFigures SnapshotReaders);
