using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tidemark.Client;

/// <summary>The actions on disks as methods.</summary>
/// <param name="api">The server.</param>
/// <param name="time">The clock that waiting goes by.</param>
internal sealed class DiskCalls(ApiClient api, TimeProvider time)
{
    private const int PageSize = 100;
    private const int PagesMax = 10_000;

    private static readonly string[] RestingStates = ["UNATTACHED", "ATTACHED"];

    /// <summary>Creates a disk and returns its id.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="sizeGiB">Its size; the snapshot's when null.</param>
    /// <param name="snapshotId">What it starts from; empty when null.</param>
    /// <param name="zone">Where it is placed.</param>
    /// <param name="cancellation">Ends the waiting for the answer.</param>
    public async Task<string> CreateAsync(
        string name, long? sizeGiB, string? snapshotId, string zone, CancellationToken cancellation)
    {
        var members = new JsonObject
        {
            ["Placement"] = new JsonObject { ["Zone"] = zone },
            ["DiskChargeType"] = "POSTPAID_BY_HOUR",
            ["DiskType"] = "CLOUD_SSD",
            ["DiskName"] = name,
        };
        if (sizeGiB is { } size)
            members["DiskSize"] = size;
        if (snapshotId is not null)
            members["SnapshotId"] = snapshotId;
        var answer = await api.CallAsync("CreateDisks", members, ClientJson.Default.DiskIdList, cancellation);
        return answer.DiskIdSet[0];
    }

    /// <summary>All disks that meet a condition, or all.</summary>
    public Task<IReadOnlyList<DiskView>> ListAsync(string? filter, string? value, CancellationToken cancellation) =>
        ListAsync("DescribeDisks", filter, value, cancellation);

    /// <summary>All removed disks that can be brought back.</summary>
    public Task<IReadOnlyList<DiskView>> ListDeletedAsync(CancellationToken cancellation) =>
        ListAsync("DescribeDeletedDisks", null, null, cancellation);

    /// <summary>One disk, or null.</summary>
    public async Task<DiskView?> FindAsync(string diskId, CancellationToken cancellation)
    {
        var members = new JsonObject { ["DiskIds"] = new JsonArray(diskId) };
        var answer = await api.CallAsync("DescribeDisks", members, ClientJson.Default.DiskPage, cancellation);
        return answer.DiskSet.Select(View).FirstOrDefault();
    }

    /// <summary>Removes disks; with force their clients are disconnected first.</summary>
    public Task TerminateAsync(
        IReadOnlyList<string> diskIds, bool deleteSnapshots, bool force, CancellationToken cancellation) =>
        api.CallAsync("TerminateDisks", new JsonObject
        {
            ["DiskIds"] = Paging.Texts(diskIds),
            ["DeleteSnapshot"] = deleteSnapshots ? 1 : 0,
            ["DisconnectClients"] = force,
        }, cancellation);

    /// <summary>Grows a disk.</summary>
    public Task ResizeAsync(string diskId, long sizeGiB, CancellationToken cancellation) =>
        api.CallAsync("ResizeDisk", new JsonObject { ["DiskId"] = diskId, ["DiskSize"] = sizeGiB }, cancellation);

    /// <summary>Brings removed disks back.</summary>
    public Task RestoreAsync(IReadOnlyList<string> diskIds, CancellationToken cancellation) => api.CallAsync(
        "RestoreDisks", new JsonObject { ["DiskIds"] = Paging.Texts(diskIds) }, cancellation);

    /// <summary>Attaches disks to an instance.</summary>
    public Task AttachAsync(
        IReadOnlyList<string> diskIds, string instanceId, bool isRemovedWithIt, CancellationToken cancellation)
    {
        var members = new JsonObject { ["DiskIds"] = Paging.Texts(diskIds), ["InstanceId"] = instanceId };
        if (isRemovedWithIt)
            members["DeleteWithInstance"] = true;
        return api.CallAsync("AttachDisks", members, cancellation);
    }

    /// <summary>Detaches disks.</summary>
    public Task DetachAsync(IReadOnlyList<string> diskIds, CancellationToken cancellation) => api.CallAsync(
        "DetachDisks", new JsonObject { ["DiskIds"] = Paging.Texts(diskIds) }, cancellation);

    /// <summary>Puts a disk back on a snapshot; with force its clients are disconnected first.</summary>
    public Task ApplySnapshotAsync(string diskId, string snapshotId, bool force, CancellationToken cancellation) =>
        api.CallAsync("ApplySnapshot", new JsonObject
        {
            ["DiskId"] = diskId,
            ["SnapshotId"] = snapshotId,
            ["DisconnectClients"] = force,
        }, cancellation);

    /// <summary>Holds a disk's writes.</summary>
    public Task SuspendAsync(string diskId, int seconds, CancellationToken cancellation) => api.CallAsync(
        "SuspendDiskIo", new JsonObject { ["DiskId"] = diskId, ["Seconds"] = seconds }, cancellation);

    /// <summary>Lets a disk's writes pass again.</summary>
    /// <returns>Whether they were held until now.</returns>
    public async Task<bool> ResumeAsync(string diskId, CancellationToken cancellation)
    {
        var answer = await api.CallAsync("ResumeDiskIo", new JsonObject { ["DiskId"] = diskId }, cancellation);
        return answer.GetProperty("WasSuspended").GetBoolean();
    }

    /// <summary>Waits until a disk is there and nothing is being done to it.</summary>
    public Task WaitUntilRestingAsync(string diskId, CancellationToken cancellation) => Wait.UntilAsync(
        $"The operation on {diskId}",
        async () => await FindAsync(diskId, cancellation) is { Members: { Rollbacking: false } members }
            && RestingStates.Contains(members.DiskState),
        time,
        cancellation);

    /// <summary>Waits until a disk is attached, or until it is not.</summary>
    public Task WaitUntilAsync(string diskId, bool isAttached, CancellationToken cancellation) => Wait.UntilAsync(
        isAttached ? $"The attachment of {diskId}" : $"The detachment of {diskId}",
        async () => await FindAsync(diskId, cancellation) is { } disk
            && disk.Members.DiskState == (isAttached ? "ATTACHED" : "UNATTACHED"),
        time,
        cancellation);

    /// <summary>Waits until a disk is gone, or in the recycle bin.</summary>
    public Task WaitUntilGoneAsync(string diskId, CancellationToken cancellation) => Wait.UntilAsync(
        $"The removal of {diskId}",
        async () => await FindAsync(diskId, cancellation) is null or { Members.DiskState: "TORECYCLE" },
        time,
        cancellation);

    private async Task<IReadOnlyList<DiskView>> ListAsync(
        string action, string? filter, string? value, CancellationToken cancellation)
    {
        var disks = new List<DiskView>();
        for (var page = 0; page < PagesMax; page++)
        {
            var members = Paging.Members(disks.Count, PageSize, filter, value);
            var answer = await api.CallAsync(action, members, ClientJson.Default.DiskPage, cancellation);
            disks.AddRange(answer.DiskSet.Select(View));
            if (answer.DiskSet.Count == 0 || disks.Count >= answer.TotalCount)
                break;
        }

        return disks;
    }

    private static DiskView View(JsonElement disk) => new(
        disk.Deserialize(ClientJson.Default.DiskMembers) ?? throw new JsonException("A disk is null."), disk);
}
