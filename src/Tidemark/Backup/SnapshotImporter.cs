using Tidemark.Client;
using Tidemark.Nbd;
using Tidemark.Output;

namespace Tidemark.Backup;

/// <summary>
/// Turns a backup stream into a snapshot: a whole one on a new disk, an increment on a disk whose newest snapshot is
/// its base. Whatever is refused leaves things as they were.
/// </summary>
/// <param name="client">The server.</param>
/// <param name="server">What it said about itself.</param>
/// <param name="note">Where to say what goes on.</param>
internal sealed class SnapshotImporter(TidemarkClient client, ServerDescription server, Action<string> note)
{
    private const long GiB = 1L << 30;
    private const string SourceTag = "tidemark-source";
    private const string CheckName = "import-check";

    /// <summary>Imports a whole backup as a new disk with one snapshot.</summary>
    public async Task<ImportAnswer> ImportWholeAsync(
        BackupReader reader, string? diskName, CancellationToken cancellation)
    {
        var header = reader.Header;
        var name = diskName ?? (header.DiskName.Length > 0 ? header.DiskName : "imported");
        var diskId = await client.Disks.CreateAsync(
            name, (header.DiskSizeBytes + GiB - 1) / GiB, null, server.Zones[0], cancellation);
        try
        {
            await client.Disks.WaitUntilRestingAsync(diskId, cancellation);
            return await FillAsync(reader, diskId, cancellation);
        }
        catch
        {
            await client.Disks.TerminateAsync([diskId], true, true, CancellationToken.None);
            throw;
        }
    }

    /// <summary>Imports an increment onto a disk that is as it was at the increment's base.</summary>
    public async Task<ImportAnswer> ImportIncrementAsync(
        BackupReader reader, DiskView disk, CancellationToken cancellation)
    {
        var header = reader.Header;
        var baseSnapshot = await FindBaseAsync(header, disk, cancellation);
        await RefuseChangesAsync(disk, baseSnapshot, cancellation);
        await GrowAsync(disk, header.DiskSizeBytes, cancellation);
        try
        {
            return await FillAsync(reader, disk.Id, cancellation);
        }
        catch
        {
            await client.Disks.ApplySnapshotAsync(disk.Id, baseSnapshot.Id, true, CancellationToken.None);
            throw;
        }
    }

    private async Task<ImportAnswer> FillAsync(BackupReader reader, string diskId, CancellationToken cancellation)
    {
        var target = NbdAddress.Choose(server, client.Endpoint, diskId);
        var written = await Task.Run(() => StreamApplication.Apply(reader, target, cancellation), cancellation);
        note($"Verified and wrote {ByteSize.Format(written)} of data.");
        var tags = new[] { new TagMembers(SourceTag, reader.Header.SnapshotId) };
        var snapshotId = await client.Snapshots.CreateAsync(diskId, reader.Header.SnapshotName, tags, cancellation);
        await client.Snapshots.WaitUntilCompleteAsync(snapshotId, cancellation);
        return new ImportAnswer([diskId], snapshotId);
    }

    private async Task<SnapshotView> FindBaseAsync(
        StreamHeader header, DiskView disk, CancellationToken cancellation)
    {
        var snapshots = await client.Snapshots.ListAsync("disk-id", disk.Id, cancellation);
        var newest = snapshots.Count > 0 ? snapshots[^1] : null;
        var isBase = newest is not null && (newest.Id == header.BaseSnapshotId
            || newest.Members.Tags.Any(tag => tag.Key == SourceTag && tag.Value == header.BaseSnapshotId));
        return isBase && newest is not null
            ? newest
            : throw new CommandException(
                ExitCode.Conflict,
                "BaseMissing",
                $"The backup starts from {header.BaseSnapshotId}; the newest snapshot of {disk.Id} is "
                    + $"{newest?.Id ?? "none"}, which is neither it nor a copy of it.",
                "Import the base first, or choose with --onto the disk that has it.");
    }

    // What was written since the base would shine through the increment, so a disk that has moved on is refused.
    private async Task RefuseChangesAsync(DiskView disk, SnapshotView baseSnapshot, CancellationToken cancellation)
    {
        var now = await client.Snapshots.CreateAsync(disk.Id, CheckName, [], cancellation);
        var changedBytes = 0L;
        try
        {
            await client.Snapshots.WaitUntilCompleteAsync(now, cancellation);
            await foreach (var page in client.Snapshots.ChangedAsync(baseSnapshot.Id, now, cancellation))
                changedBytes += page.ChangedBlockSet.Sum(extent => extent.LengthBytes);
        }
        finally
        {
            await client.Snapshots.DeleteAsync([now], CancellationToken.None);
        }

        if (changedBytes > 0)
        {
            throw new CommandException(
                ExitCode.Conflict,
                "DiskChanged",
                $"{ByteSize.Format(changedBytes)} of {disk.Id} were written since {baseSnapshot.Id}.",
                $"Go back to it with 'tidemark snap rollback {disk.Id} {baseSnapshot.Id}' and import again.");
        }
    }

    private async Task GrowAsync(DiskView disk, long neededBytes, CancellationToken cancellation)
    {
        var neededGiB = (neededBytes + GiB - 1) / GiB;
        if (neededGiB <= disk.Members.DiskSize)
            return;
        await client.Disks.ResizeAsync(disk.Id, neededGiB, cancellation);
        await client.Disks.WaitUntilRestingAsync(disk.Id, cancellation);
    }
}
