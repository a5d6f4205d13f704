using System.Text.Json;

namespace Tidemark.Client;

/// <summary>A snapshot group as the server described it.</summary>
/// <param name="Members">The members that the commands use.</param>
/// <param name="Whole">All members, for printing.</param>
internal sealed record GroupView(GroupMembers Members, JsonElement Whole)
{
    /// <summary>The id.</summary>
    public string Id => Members.SnapshotGroupId;

    /// <summary>The name.</summary>
    public string Name => Members.SnapshotGroupName;
}
