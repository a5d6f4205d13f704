using System.Text.Json;

namespace Tidemark.Client;

/// <summary>A page of DescribeDisks; the disks with all their members.</summary>
/// <param name="TotalCount">Disks on all pages.</param>
/// <param name="DiskSet">Those of this page.</param>
internal sealed record DiskPage(long TotalCount, IReadOnlyList<JsonElement> DiskSet);
