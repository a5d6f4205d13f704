using System.Text.Json;

namespace Tidemark.Client;

/// <summary>The answer to DescribeSnapshotSizes.</summary>
/// <param name="SnapshotSizeSet">The sizes of each snapshot, all members.</param>
/// <param name="FreedIfDeletedBytes">What deleting all of them together would free.</param>
internal sealed record SnapshotSizesAnswer(IReadOnlyList<JsonElement> SnapshotSizeSet, long FreedIfDeletedBytes);
