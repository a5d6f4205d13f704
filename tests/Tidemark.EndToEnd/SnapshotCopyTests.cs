using Tidemark.EndToEnd.Support;
using Tidemark.Nbd;

namespace Tidemark.EndToEnd;

public sealed class SnapshotCopyTests
{
    private const int SnapshotCount = 20;
    private const long DiskBytes = 1L << 30;
    private const int PieceBytesMax = 256 << 10;
    private const int WritesBetween = 24;
    private const int SectorBytes = 512;

    [Fact]
    public async Task Twenty_snapshots_equal_the_copies_of_their_time_whichever_are_deleted()
    {
        using var folder = new TemporaryFolder();
        using var server = ServerProcess.Start(folder.In("data"));
        var random = Seed.Random(nameof(Twenty_snapshots_equal_the_copies_of_their_time_whichever_are_deleted));
        var disk = server.CreateDisk("changing");
        var copies = TakeAll(server, disk, folder, random);
        foreach (var (snapshot, copy) in copies)
            Compare(server, snapshot, copy);
        var full = server.StoreBytes();

        var order = copies.Keys.ToArray();
        random.Shuffle(order);
        foreach (var deleted in order)
        {
            server.Cli("snap", "rm", deleted);
            copies.Remove(deleted);
            foreach (var (snapshot, copy) in copies)
                Compare(server, snapshot, copy);
        }

        Compare(server, disk, folder.In("disk.img"));
        await server.WaitUntilDrained();
        var left = server.Cli("check").GetProperty("ReferencedBytes").GetInt64();
        var held = 0L;
        await Polling.Until(
            () => Task.FromResult((held = server.StoreBytes()) <= left + (left / 10)),
            () => $"{held} bytes held for {left} that the disk refers to, {full} with all snapshots\n{server.Log}");
        Compare(server, disk, folder.In("disk.img"));
        server.Stop();
    }

    private static Dictionary<string, string> TakeAll(
        ServerProcess server, string disk, TemporaryFolder folder, Random random)
    {
        var copies = new Dictionary<string, string>(StringComparer.Ordinal);
        using var client = server.Connect(disk);
        using var image = File.Create(folder.In("disk.img"));
        image.SetLength(DiskBytes);
        for (var number = 0; number < SnapshotCount; number++)
        {
            for (var write = 0; write < WritesBetween; write++)
                Change(client, image, random);
            image.Flush();
            var copy = folder.In($"copy-{number}.img");
            Tool.Run("cp", "--sparse=always", "--reflink=auto", folder.In("disk.img"), copy);
            copies.Add(server.CreateSnapshot(disk, $"s{number}"), copy);
        }

        return copies;
    }

    // Writes of whole sectors and zeros, on a fifth of the disk's places so that they meet one another.
    private static void Change(NbdClient client, FileStream image, Random random)
    {
        var bytes = new byte[random.Next(1, PieceBytesMax / SectorBytes) * SectorBytes];
        var place = random.NextInt64(DiskBytes / (16 << 20)) * (16 << 20);
        var offset = place + (random.Next(0, (1 << 20) / SectorBytes) * SectorBytes);
        if (random.Next(5) > 0)
        {
            random.NextBytes(bytes);
            client.Write(offset, bytes);
        }
        else
        {
            client.WriteZeroes(offset, bytes.Length);
        }

        image.Position = offset;
        image.Write(bytes);
    }

    private static void Compare(ServerProcess server, string export, string copy)
    {
        var result = Tool.Try("qemu-img", "compare", "-f", "raw", "-F", "raw", copy, server.Uri(export));
        Assert.True(result.ExitCode == 0, $"{export} differs from {copy}: {result}\n--- server\n{server.Log}");
    }
}
