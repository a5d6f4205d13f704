using System.Text.RegularExpressions;
using Tidemark.Output;

namespace Tidemark.Client;

/// <summary>
/// Finds what an argument names. What has the form of an id is an id; anything else is a name, and a snapshot can also
/// be given as DISK@SNAPSHOT (docs/decisions/0008).
/// </summary>
/// <param name="disks">The disks.</param>
/// <param name="snapshots">The snapshots.</param>
/// <param name="groups">The snapshot groups.</param>
internal sealed partial class Names(DiskCalls disks, SnapshotCalls snapshots, GroupCalls groups)
{
    private const int IdsShownMax = 10;

    /// <summary>The one disk that the text names.</summary>
    public async Task<DiskView> DiskAsync(string text, CancellationToken cancellation)
    {
        if (DiskIdForm().IsMatch(text))
            return await disks.FindAsync(text, cancellation) ?? throw Missing("InvalidDiskId.NotFound", "disk", text);

        var found = await DisksNamedAsync(text, cancellation);
        return found.Count switch
        {
            1 => found[0],
            0 => throw Missing("InvalidDiskId.NotFound", "disk", text),
            _ => throw Ambiguous("disks", text, found.Select(disk => disk.Id)),
        };
    }

    /// <summary>The one snapshot that the text names.</summary>
    public async Task<SnapshotView> SnapshotAsync(string text, CancellationToken cancellation)
    {
        if (SnapshotIdForm().IsMatch(text))
            return await snapshots.FindAsync(text, cancellation) ?? throw NoSnapshot(text);

        var found = await NamedAsync(text, cancellation);
        if (found.Count == 0 && text.IndexOf('@', StringComparison.Ordinal) is > 0 and var at)
            found = await WithinDiskAsync(text[..at], text[(at + 1)..], cancellation);
        return found.Count switch
        {
            1 => found[0],
            0 => throw NoSnapshot(text),
            _ => throw Ambiguous("snapshots", text, found.Select(snapshot => snapshot.Id)),
        };
    }

    /// <summary>The one snapshot of a disk that the text names.</summary>
    public async Task<SnapshotView> SnapshotOfAsync(DiskView disk, string text, CancellationToken cancellation)
    {
        if (SnapshotIdForm().IsMatch(text))
            return await SnapshotAsync(text, cancellation);

        var found = await WithinDiskAsync(disk.Id, text, cancellation);
        return found.Count switch
        {
            1 => found[0],
            0 => await SnapshotAsync(text, cancellation),
            _ => throw Ambiguous("snapshots", text, found.Select(snapshot => snapshot.Id)),
        };
    }

    /// <summary>The one snapshot group that the text names.</summary>
    public async Task<GroupView> GroupAsync(string text, CancellationToken cancellation)
    {
        if (GroupIdForm().IsMatch(text))
            return await groups.FindAsync(text, cancellation) ?? throw NoGroup(text);

        var found = await groups.ListAsync("snapshot-group-name", text, cancellation);
        return found.Count switch
        {
            1 => found[0],
            0 => throw NoGroup(text),
            _ => throw Ambiguous("snapshot groups", text, found.Select(group => group.Id)),
        };
    }

    /// <summary>The id of the one snapshot or disk that the text names; a name that both have means neither.</summary>
    public async Task<string> SnapshotOrDiskIdAsync(string text, CancellationToken cancellation)
    {
        if (IsDiskId(text))
            return (await DiskAsync(text, cancellation)).Id;

        var found = SnapshotIdForm().IsMatch(text) ? [] : await DisksNamedAsync(text, cancellation);
        if (found.Count == 0)
            return (await SnapshotAsync(text, cancellation)).Id;

        var alike = await NamedAsync(text, cancellation);
        return found.Count == 1 && alike.Count == 0
            ? found[0].Id
            : throw Ambiguous("disks and snapshots", text,
                [.. found.Select(disk => disk.Id), .. alike.Select(snapshot => snapshot.Id)]);
    }

    /// <summary>Whether a text has the form of a disk's id.</summary>
    public static bool IsDiskId(string text) => DiskIdForm().IsMatch(text);

    // The filter may match more than the whole name.
    private async Task<List<DiskView>> DisksNamedAsync(string name, CancellationToken cancellation)
    {
        var listed = await disks.ListAsync("disk-name", name, cancellation);
        return listed.Where(disk => disk.Name == name).ToList();
    }

    private async Task<List<SnapshotView>> NamedAsync(string name, CancellationToken cancellation)
    {
        var listed = await snapshots.ListAsync("snapshot-name", name, cancellation);
        return listed.Where(snapshot => snapshot.Name == name).ToList();
    }

    private async Task<List<SnapshotView>> WithinDiskAsync(string disk, string name, CancellationToken cancellation)
    {
        var diskId = DiskIdForm().IsMatch(disk) ? disk : (await DiskAsync(disk, cancellation)).Id;
        var listed = await snapshots.ListAsync("disk-id", diskId, cancellation);
        return listed.Where(snapshot => snapshot.Name == name || snapshot.Id == name).ToList();
    }

    private static CommandException NoSnapshot(string text) => Missing("InvalidSnapshotId.NotFound", "snapshot", text);

    private static CommandException NoGroup(string text) => new(
        ExitCode.NotFound,
        "InvalidSnapshotId.NotFound",
        $"There is no snapshot group '{text}'.",
        "List the groups with 'tidemark group ls'.");

    private static CommandException Missing(string code, string kind, string text) => new(
        ExitCode.NotFound,
        code,
        $"There is no {kind} '{text}'.",
        kind == "disk" ? "List the disks with 'tidemark disk ls'." : "List the snapshots with 'tidemark snap ls'.");

    private static CommandException Ambiguous(string kinds, string text, IEnumerable<string> ids) => new(
        ExitCode.Conflict,
        "AmbiguousName",
        $"Several {kinds} are named '{text}': {string.Join(", ", ids.Take(IdsShownMax))}.",
        "Give the id of the one that is meant.");

    [GeneratedRegex("^disk-[a-z0-9]{8}$")]
    private static partial Regex DiskIdForm();

    [GeneratedRegex("^csnap-[a-z0-9]{8}$")]
    private static partial Regex GroupIdForm();

    [GeneratedRegex("^snap-[a-z0-9]{8}$")]
    private static partial Regex SnapshotIdForm();
}
