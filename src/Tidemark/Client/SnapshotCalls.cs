using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tidemark.Client;

/// <summary>The actions on snapshots as methods.</summary>
/// <param name="api">The server.</param>
/// <param name="time">The clock that waiting goes by.</param>
internal sealed class SnapshotCalls(ApiClient api, TimeProvider time)
{
    private const int PageSize = 100;
    private const int PagesMax = 100_000;
    private const int ExtentsPerPage = 10_000;

    /// <summary>Takes a snapshot and returns its id.</summary>
    /// <param name="diskId">The disk.</param>
    /// <param name="name">The snapshot's name; the server's default when null.</param>
    /// <param name="tags">Labels, may be empty.</param>
    /// <param name="cancellation">Ends the waiting for the answer.</param>
    public async Task<string> CreateAsync(
        string diskId, string? name, IReadOnlyList<TagMembers> tags, CancellationToken cancellation)
    {
        var members = new JsonObject { ["DiskId"] = diskId };
        if (name is not null)
            members["SnapshotName"] = name;
        if (tags.Count > 0)
        {
            var array = new JsonArray();
            foreach (var tag in tags)
                array.Add((JsonNode)new JsonObject { ["Key"] = tag.Key, ["Value"] = tag.Value });
            members["Tags"] = array;
        }

        var answer = await api.CallAsync("CreateSnapshot", members, ClientJson.Default.SnapshotIdAnswer, cancellation);
        return answer.SnapshotId;
    }

    /// <summary>All snapshots that meet a condition, or all; oldest first.</summary>
    public Task<IReadOnlyList<SnapshotView>> ListAsync(string? filter, string? value, CancellationToken cancellation) =>
        ListAsync(filter, value, isDeleted: false, cancellation);

    /// <summary>The same, of those there are or of those that were deleted and can be brought back.</summary>
    public async Task<IReadOnlyList<SnapshotView>> ListAsync(
        string? filter, string? value, bool isDeleted, CancellationToken cancellation)
    {
        var snapshots = new List<SnapshotView>();
        for (var page = 0; page < PagesMax; page++)
        {
            var members = Paging.Members(snapshots.Count, PageSize, filter, value);
            if (isDeleted)
                members["ShowDeleted"] = true;
            var answer = await api.CallAsync(
                "DescribeSnapshots", members, ClientJson.Default.SnapshotPage, cancellation);
            snapshots.AddRange(answer.SnapshotSet.Select(View));
            if (answer.SnapshotSet.Count == 0 || snapshots.Count >= answer.TotalCount)
                break;
        }

        return snapshots;
    }

    /// <summary>One snapshot, or null.</summary>
    public async Task<SnapshotView?> FindAsync(string snapshotId, CancellationToken cancellation)
    {
        var members = new JsonObject { ["SnapshotIds"] = new JsonArray(snapshotId) };
        var answer = await api.CallAsync("DescribeSnapshots", members, ClientJson.Default.SnapshotPage, cancellation);
        return answer.SnapshotSet.Select(View).FirstOrDefault();
    }

    /// <summary>Deletes snapshots, all or none.</summary>
    public Task DeleteAsync(IReadOnlyList<string> snapshotIds, CancellationToken cancellation) => api.CallAsync(
        "DeleteSnapshots", new JsonObject { ["SnapshotIds"] = Paging.Texts(snapshotIds) }, cancellation);

    /// <summary>Changes a snapshot's name unless null, and when it goes: at a time, never, or as before.</summary>
    public Task ModifyAsync(
        string snapshotId, string? name, DateTimeOffset? until, bool isPermanent, CancellationToken cancellation)
    {
        var members = new JsonObject { ["SnapshotId"] = snapshotId };
        if (name is not null)
            members["SnapshotName"] = name;
        if (isPermanent)
            members["IsPermanent"] = true;
        if (until is { } time)
            members["Deadline"] = time.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture);
        return api.CallAsync("ModifySnapshotAttribute", members, cancellation);
    }

    /// <summary>Locks or unlocks snapshots, all or none.</summary>
    public Task SetLockAsync(IReadOnlyList<string> snapshotIds, bool isLocked, CancellationToken cancellation) =>
        api.CallAsync(
            isLocked ? "LockSnapshots" : "UnlockSnapshots",
            new JsonObject { ["SnapshotIds"] = Paging.Texts(snapshotIds) },
            cancellation);

    /// <summary>Brings deleted snapshots back, all or none.</summary>
    public Task RestoreAsync(IReadOnlyList<string> snapshotIds, CancellationToken cancellation) => api.CallAsync(
        "RestoreSnapshots", new JsonObject { ["SnapshotIds"] = Paging.Texts(snapshotIds) }, cancellation);

    /// <summary>What a snapshot holds, in all members.</summary>
    public async Task<JsonElement> SizesAsync(string snapshotId, CancellationToken cancellation)
    {
        var members = new JsonObject { ["SnapshotIds"] = new JsonArray(snapshotId) };
        var answer = await api.CallAsync(
            "DescribeSnapshotSizes", members, ClientJson.Default.SnapshotSizesAnswer, cancellation);
        return answer.SnapshotSizeSet[0];
    }

    /// <summary>
    /// The pages of what changed from a snapshot to another, or to a disk as it is now; what the latter holds when the
    /// first is null.
    /// </summary>
    public async IAsyncEnumerable<ChangedBlocks> ChangedAsync(
        string? baseSnapshotId,
        string id,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        long? offset = 0;
        while (offset is { } start)
        {
            var members = new JsonObject
            {
                [Names.IsDiskId(id) ? "DiskId" : "SnapshotId"] = id,
                ["StartOffset"] = start,
                ["MaxResults"] = ExtentsPerPage,
            };
            if (baseSnapshotId is not null)
                members["BaseSnapshotId"] = baseSnapshotId;
            var page = await api.CallAsync(
                "DescribeChangedBlocks", members, ClientJson.Default.ChangedBlocks, cancellation);
            yield return page;
            offset = page.NextOffset > start ? page.NextOffset : null;
        }
    }

    /// <summary>Waits until a snapshot is complete.</summary>
    public Task WaitUntilCompleteAsync(string snapshotId, CancellationToken cancellation) => Wait.UntilAsync(
        $"The snapshot {snapshotId}",
        async () => await FindAsync(snapshotId, cancellation) is
        { Members: { SnapshotState: "NORMAL", Percent: 100 } },
        time,
        cancellation);

    /// <summary>Waits until a snapshot is gone.</summary>
    public Task WaitUntilGoneAsync(string snapshotId, CancellationToken cancellation) => Wait.UntilAsync(
        $"The removal of {snapshotId}",
        async () => await FindAsync(snapshotId, cancellation) is null,
        time,
        cancellation);

    private static SnapshotView View(JsonElement snapshot) => new(
        snapshot.Deserialize(ClientJson.Default.SnapshotMembers) ?? throw new JsonException("A snapshot is null."),
        snapshot);
}
