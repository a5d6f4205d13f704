using Tidemark.EndToEnd.Support;

namespace Tidemark.EndToEnd;

public sealed class FileSystemTests
{
    private const long ImageBytes = 1L << 30;
    private const int FileCount = 60;
    private const int FileBytesMax = 1 << 20;

    [Fact]
    public void An_ext4_image_copied_in_by_nbdcopy_comes_back_whole_after_damage_and_rollback()
    {
        using var folder = new TemporaryFolder();
        var random = Seed.Random(nameof(An_ext4_image_copied_in_by_nbdcopy_comes_back_whole_after_damage_and_rollback));
        var image = folder.In("ext4.img");
        MakeFiles(random, folder.In("tree"));
        MakeEmpty(image);
        Tool.Run("mkfs.ext4", "-q", "-F", "-d", folder.In("tree"), image);

        Survive(folder, image, random, (server, disk) => Tool.Run("nbdcopy", image, server.Uri(disk)));
        Tool.Run("e2fsck", "-f", "-n", folder.In("back.img"));
    }

    [Fact]
    public void An_XFS_image_copied_in_by_qemu_img_comes_back_whole_after_damage_and_rollback()
    {
        using var folder = new TemporaryFolder();
        var random = Seed.Random(nameof(An_XFS_image_copied_in_by_qemu_img_comes_back_whole_after_damage_and_rollback));
        var image = folder.In("xfs.img");
        var files = MakeFiles(random, folder.In("tree"));
        MakeEmpty(image);
        File.WriteAllLines(folder.In("proto"),
        [
            "/nothing-to-boot", "0 0", "d--755 0 0",
            .. files.Select(file => $"{Path.GetFileName(file)} ---644 0 0 {file}"), "$",
        ]);
        Tool.Run("mkfs.xfs", "-q", "-f", "-p", folder.In("proto"), image);

        Survive(folder, image, random, (server, disk) =>
            Tool.Run("qemu-img", "convert", "-n", "-f", "raw", "-O", "raw", image, server.Uri(disk)));
        Tool.Run("xfs_repair", "-n", "-f", folder.In("back.img"));
    }

    [Fact]
    public void A_qcow2_image_becomes_a_disk_that_compares_equal_and_stays_sparse()
    {
        using var folder = new TemporaryFolder();
        var random = Seed.Random(nameof(A_qcow2_image_becomes_a_disk_that_compares_equal_and_stays_sparse));
        MakeFiles(random, folder.In("tree"));
        MakeEmpty(folder.In("ext4.img"));
        Tool.Run("mkfs.ext4", "-q", "-F", "-d", folder.In("tree"), folder.In("ext4.img"));
        Tool.Run("qemu-img", "convert", "-f", "raw", "-O", "qcow2", folder.In("ext4.img"), folder.In("ext4.qcow2"));

        using var server = ServerProcess.Start(folder.In("data"));
        server.Cli("disk", "create", "copied", "--from-file", folder.In("ext4.qcow2"));
        Tool.Run("qemu-img", "compare", "-f", "raw", "-F", "raw", folder.In("ext4.img"), server.Uri("copied"));
        server.Stop();
        Assert.InRange(server.StoreBytes(), 1, ImageBytes / 4);
    }

    private static void Survive(
        TemporaryFolder folder, string image, Random random, Action<ServerProcess, string> copyIn)
    {
        using var server = ServerProcess.Start(folder.In("data"));
        var disk = server.CreateDisk("files");
        copyIn(server, disk);
        server.CreateSnapshot(disk, "good");
        using (var client = server.Connect(disk))
            Damage(client, random);
        Assert.Equal(1, Tool.Try(
            "qemu-img", "compare", "-f", "raw", "-F", "raw", image, server.Uri(disk)).ExitCode);

        server.Cli("snap", "rollback", disk, "good");
        Tool.Run("nbdcopy", server.Uri(disk), folder.In("back.img"));
        Tool.Run("cmp", image, folder.In("back.img"));
        Tool.Run("qemu-img", "compare", "-f", "raw", "-F", "raw", image, server.Uri("files@good"));
        server.Stop();
    }

    // The superblock at the start, and 64 MiB elsewhere.
    private static void Damage(Tidemark.Nbd.NbdClient client, Random random)
    {
        var garbage = new byte[1 << 20];
        for (var at = 0; at < 64; at++)
        {
            random.NextBytes(garbage);
            client.Write(at == 0 ? 0 : random.NextInt64(0, (ImageBytes - garbage.Length) >> 9) << 9, garbage);
        }

        client.Trim(ImageBytes / 2, ImageBytes / 4);
        client.Flush();
    }

    private static List<string> MakeFiles(Random random, string folder)
    {
        Directory.CreateDirectory(folder);
        var files = new List<string>();
        for (var number = 0; number < FileCount; number++)
        {
            var bytes = new byte[random.Next(FileBytesMax)];
            random.NextBytes(bytes);
            files.Add(Path.Combine(folder, $"file-{number}"));
            File.WriteAllBytes(files[^1], bytes);
        }

        return files;
    }

    private static void MakeEmpty(string path)
    {
        using var file = File.Create(path);
        file.SetLength(ImageBytes);
    }
}
