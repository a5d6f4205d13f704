using System.Text.Json;

namespace Tidemark.Client;

/// <summary>A disk as the server described it.</summary>
/// <param name="Members">The members that the commands use.</param>
/// <param name="Whole">All members, for printing.</param>
internal sealed record DiskView(DiskMembers Members, JsonElement Whole)
{
    /// <summary>The id.</summary>
    public string Id => Members.DiskId;

    /// <summary>The name.</summary>
    public string Name => Members.DiskName;
}
