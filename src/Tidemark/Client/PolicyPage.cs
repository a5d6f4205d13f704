using System.Text.Json;

namespace Tidemark.Client;

/// <summary>A page of DescribeAutoSnapshotPolicies; the policies with all their members.</summary>
/// <param name="TotalCount">Policies on all pages.</param>
/// <param name="AutoSnapshotPolicySet">Those of this page.</param>
internal sealed record PolicyPage(long TotalCount, IReadOnlyList<JsonElement> AutoSnapshotPolicySet);
