using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tidemark.Client;

/// <summary>The actions on snapshot groups as methods.</summary>
/// <param name="api">The server.</param>
/// <param name="time">The clock that waiting goes by.</param>
internal sealed class GroupCalls(ApiClient api, TimeProvider time)
{
    private const int PageSize = 100;
    private const int PagesMax = 10_000;

    /// <summary>Takes a group of snapshots and returns its id.</summary>
    /// <param name="diskIds">The disks.</param>
    /// <param name="name">The group's name; the server's default when null.</param>
    /// <param name="cancellation">Ends the waiting for the answer.</param>
    public async Task<string> CreateAsync(
        IReadOnlyList<string> diskIds, string? name, CancellationToken cancellation)
    {
        var members = new JsonObject { ["DiskIds"] = Paging.Texts(diskIds) };
        if (name is not null)
            members["SnapshotGroupName"] = name;
        var answer = await api.CallAsync(
            "CreateSnapshotGroup", members, ClientJson.Default.GroupIdAnswer, cancellation);
        return answer.SnapshotGroupId;
    }

    /// <summary>All groups that meet a condition, or all; oldest first.</summary>
    public async Task<IReadOnlyList<GroupView>> ListAsync(
        string? filter, string? value, CancellationToken cancellation)
    {
        var groups = new List<GroupView>();
        for (var page = 0; page < PagesMax; page++)
        {
            var members = Paging.Members(groups.Count, PageSize, filter, value);
            var answer = await api.CallAsync(
                "DescribeSnapshotGroups", members, ClientJson.Default.GroupPage, cancellation);
            groups.AddRange(answer.SnapshotGroupSet.Select(View));
            if (answer.SnapshotGroupSet.Count == 0 || groups.Count >= answer.TotalCount)
                break;
        }

        return groups;
    }

    /// <summary>One group, or null.</summary>
    public async Task<GroupView?> FindAsync(string groupId, CancellationToken cancellation) =>
        (await ListAsync("snapshot-group-id", groupId, cancellation)).SingleOrDefault();

    /// <summary>Puts disks back on members of a group; with force their clients are disconnected first.</summary>
    public Task ApplyAsync(
        string groupId, IEnumerable<SnapshotMembers> members, bool force, CancellationToken cancellation)
    {
        var disks = new JsonArray();
        foreach (var member in members)
        {
            disks.Add((JsonNode)new JsonObject
            {
                ["SnapshotId"] = member.SnapshotId,
                ["DiskId"] = member.DiskId,
            });
        }

        return api.CallAsync("ApplySnapshotGroup", new JsonObject
        {
            ["SnapshotGroupId"] = groupId,
            ["ApplyDisks"] = disks,
            ["DisconnectClients"] = force,
        }, cancellation);
    }

    /// <summary>Deletes groups with all their members, all or none.</summary>
    public Task DeleteAsync(IReadOnlyList<string> groupIds, CancellationToken cancellation) => api.CallAsync(
        "DeleteSnapshotGroup", new JsonObject { ["SnapshotGroupIds"] = Paging.Texts(groupIds) }, cancellation);

    /// <summary>Waits until a group is complete and nothing is being done with it.</summary>
    public Task WaitUntilRestingAsync(string groupId, CancellationToken cancellation) => Wait.UntilAsync(
        $"The snapshot group {groupId}",
        async () => await FindAsync(groupId, cancellation) is
        { Members: { SnapshotGroupState: "NORMAL", Percent: 100 } },
        time,
        cancellation);

    /// <summary>Waits until a group is gone.</summary>
    public Task WaitUntilGoneAsync(string groupId, CancellationToken cancellation) => Wait.UntilAsync(
        $"The removal of {groupId}",
        async () => await FindAsync(groupId, cancellation) is null,
        time,
        cancellation);

    private static GroupView View(JsonElement group) => new(
        group.Deserialize(ClientJson.Default.GroupMembers) ?? throw new JsonException("A group is null."), group);
}
