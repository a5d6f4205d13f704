using System.Text.Json;

namespace Tidemark.Client;

/// <summary>A page of DescribeSnapshots; the snapshots with all their members.</summary>
/// <param name="TotalCount">Snapshots on all pages.</param>
/// <param name="SnapshotSet">Those of this page.</param>
internal sealed record SnapshotPage(long TotalCount, IReadOnlyList<JsonElement> SnapshotSet);
