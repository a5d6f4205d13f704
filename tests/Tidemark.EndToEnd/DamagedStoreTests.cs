using System.Text.Json;
using Tidemark.EndToEnd.Support;
using Tidemark.Nbd;

namespace Tidemark.EndToEnd;

public sealed class DamagedStoreTests
{
    private const int DiskBlocks = (1 << 30) / PatternDisk.BlockBytes;

    [Fact]
    public void A_check_finds_nothing_wrong_on_a_live_and_on_a_stopped_store()
    {
        using var folder = new TemporaryFolder();
        using var server = ServerProcess.Start(folder.In("data"));
        var disk = server.CreateDisk("checked");
        var model = new PatternDisk(DiskBlocks);
        using (var client = server.Connect(disk))
        {
            model.Write(client, 0, 512);
            server.CreateSnapshot(disk, "one");
            model.Write(client, 256, 512);
            var live = server.Cli("check");
            Assert.Empty(live.GetProperty("Problems").EnumerateArray());
            Assert.Equal(1024, live.GetProperty("BlocksVerified").GetInt64());
        }

        server.Stop();
        var stopped = server.TryCli("check", "-o", "json");
        Assert.True(stopped.ExitCode == 0, stopped.ToString());
        Assert.Empty(stopped.Json().GetProperty("Problems").EnumerateArray());
        Assert.Equal(1024, stopped.Json().GetProperty("BlocksVerified").GetInt64());
    }

    [Fact]
    public void Repair_brings_every_disk_and_snapshot_back_after_the_catalog_is_lost()
    {
        using var folder = new TemporaryFolder();
        var model = new PatternDisk(DiskBlocks);
        var images = new Dictionary<string, int[]>(StringComparer.Ordinal);
        string disks, snapshots;
        using (var server = ServerProcess.Start(folder.In("data")))
        {
            Fill(server, model, images);
            (disks, snapshots) = (Names(server.Cli("disk", "ls"), "Disk"), Names(server.Cli("snap", "ls"), "Snapshot"));
            server.Stop();
        }

        var catalog = Directory.GetFiles(folder.In("data"), "catalog.db*");
        Assert.NotEmpty(catalog);
        foreach (var file in catalog)
            File.Delete(file);
        var repair = ServerProcess.Command("repair", "--data", folder.In("data"), "-o", "json");
        Assert.True(repair.ExitCode == 0, repair.ToString());

        using var repaired = ServerProcess.Start(folder.In("data"));
        Assert.Equal(disks, Names(repaired.Cli("disk", "ls"), "Disk"));
        Assert.Equal(snapshots, Names(repaired.Cli("snap", "ls"), "Snapshot"));
        foreach (var (export, image) in images)
        {
            using var client = repaired.Connect(export, "base:allocation");
            model.Verify(client, image, $"{export} after the repair");
        }

        Assert.Empty(repaired.Cli("check").GetProperty("Problems").EnumerateArray());
        repaired.Stop();
    }

    [Fact]
    public void A_flipped_byte_is_named_by_file_and_offset_and_costs_its_block_alone()
    {
        using var folder = new TemporaryFolder();
        var model = new PatternDisk(DiskBlocks);
        using (var server = ServerProcess.Start(folder.In("data")))
        {
            using (var client = server.Connect(server.CreateDisk("damaged")))
                model.Write(client, 0, 200);
            server.CreateSnapshot("damaged", "whole");
            server.Stop();
        }

        var (file, offset) = FlipByteOf(folder.In("data"), block: 77, version: 1);
        using var damaged = ServerProcess.Start(folder.In("data"));
        var check = damaged.TryCli("check", "-o", "json");
        Assert.Equal(1, check.ExitCode);
        var problem = Assert.Single(check.Json().GetProperty("Problems").EnumerateArray()).GetString();
        Assert.Contains(Path.GetFileName(file), problem, StringComparison.Ordinal);
        Assert.Contains($"{offset}", problem, StringComparison.Ordinal);

        using (var client = damaged.Connect("damaged"))
            AssertOnlyBlockFails(client, 77);
        Assert.Contains(Path.GetFileName(file), damaged.Log, StringComparison.Ordinal);
        damaged.Stop();
    }

    private static void Fill(ServerProcess server, PatternDisk model, Dictionary<string, int[]> images)
    {
        var disk = server.CreateDisk("kept");
        using (var client = server.Connect(disk))
        {
            for (var number = 0; number < 5; number++)
            {
                model.Write(client, number * 100, 300);
                model.Trim(client, (number * 100) + 50, 20);
                images.Add(server.CreateSnapshot(disk, $"snapshot {number}"), model.Image());
            }

            model.Write(client, 5000, 100, isDurable: true);
        }

        images.Add(disk, model.Image());
        var deleted = images.Keys.ElementAt(1);
        server.Cli("snap", "rm", deleted);
        images.Remove(deleted);
        var source = images.Keys.ElementAt(1);
        var clone = server.Cli("disk", "create", "clone", "--from", source).GetProperty("DiskIdSet")[0].GetString()!;
        model.Restore(images[source]);
        using (var client = server.Connect(clone))
            model.Write(client, 120, 10);
        images.Add(clone, model.Image());
        server.Cli("snap", "rollback", disk, source);
        images[disk] = images[source];
    }

    private static string Names(JsonElement list, string kind) => string.Join('\n', list.EnumerateArray()
        .Select(item =>
            $"{item.GetProperty(kind + "Id")} {item.GetProperty(kind + "Name")} {item.GetProperty("DiskSize")}")
        .Order(StringComparer.Ordinal));

    private static (string File, long Offset) FlipByteOf(string dataFolder, int block, int version)
    {
        var wanted = new byte[PatternDisk.BlockBytes];
        PatternDisk.Fill(wanted, block, version);
        var segments = Path.Combine(dataFolder, "store", "segments");
        foreach (var file in Directory.GetFiles(segments, "*", SearchOption.AllDirectories))
        {
            var bytes = File.ReadAllBytes(file);
            for (var offset = 0; offset < bytes.Length; offset += PatternDisk.BlockBytes)
            {
                if (!bytes.AsSpan(offset, PatternDisk.BlockBytes).SequenceEqual(wanted))
                    continue;
                bytes[offset + 1000] ^= 0x40;
                File.WriteAllBytes(file, bytes);
                return (file, offset);
            }
        }

        throw new InvalidOperationException($"No segment holds block {block}.");
    }

    private static void AssertOnlyBlockFails(NbdClient client, int damagedBlock)
    {
        var bytes = new byte[PatternDisk.BlockBytes];
        for (var block = 0; block < 200; block++)
        {
            var offset = (long)block * PatternDisk.BlockBytes;
            if (block == damagedBlock)
            {
                var failure = Assert.Throws<NbdException>(() => client.Read(offset, bytes));
                Assert.Equal(NbdError.Io, failure.Error);
                continue;
            }

            client.Read(offset, bytes);
            Assert.Equal(1, PatternDisk.VersionOf(bytes, block));
        }
    }
}
