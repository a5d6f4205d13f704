using System.Text.Json;

namespace Tidemark.Client;

/// <summary>A snapshot policy as the server described it.</summary>
/// <param name="Members">The members that the commands use.</param>
/// <param name="Whole">All members, for printing.</param>
internal sealed record PolicyView(PolicyMembers Members, JsonElement Whole)
{
    /// <summary>The id.</summary>
    public string Id => Members.AutoSnapshotPolicyId;

    /// <summary>The name.</summary>
    public string Name => Members.AutoSnapshotPolicyName;

    /// <summary>What it does now, in a word.</summary>
    public string State => Members.IsActivated ? "active" : Members.SuspendReason.Length > 0 ? "suspended" : "paused";
}
