using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.PolicyActions;

/// <summary>The answer to a list of policies.</summary>
internal sealed class DescribeAutoSnapshotPoliciesResponse : ApiResponse
{
    /// <summary>How many policies there are on all pages.</summary>
    public required int TotalCount { get; init; }

    /// <summary>Those of this page.</summary>
    public required IReadOnlyList<WirePolicy> AutoSnapshotPolicySet { get; init; }
}
