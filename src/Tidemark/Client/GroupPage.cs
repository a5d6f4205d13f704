using System.Text.Json;

namespace Tidemark.Client;

/// <summary>A page of DescribeSnapshotGroups; the groups with all their members.</summary>
/// <param name="TotalCount">Groups on all pages.</param>
/// <param name="SnapshotGroupSet">Those of this page.</param>
internal sealed record GroupPage(long TotalCount, IReadOnlyList<JsonElement> SnapshotGroupSet);
