using Tidemark.Engine;
using Tidemark.Nbd;

namespace Tidemark.Disks.Measures;

/// <summary>One disk for whoever watches from outside.</summary>
/// <param name="Figures">What the engine says.</param>
/// <param name="Name">The name that its owner gave.</param>
/// <param name="SnapshotCount">Its snapshots.</param>
/// <param name="Clients">What its clients did since the server started.</param>
public sealed record DiskStatus(DiskFigures Figures, string Name, int SnapshotCount, ExportFigures Clients);
