using Tidemark.EndToEnd.Support;

namespace Tidemark.EndToEnd;

public sealed class ForeignPatternTests
{
    [Fact]
    public void Qemu_io_finds_each_pattern_it_wrote_at_any_alignment()
    {
        using var folder = new TemporaryFolder();
        using var server = ServerProcess.Start(folder.In("data"));
        server.CreateDisk("patterns");
        QemuIo(server, "patterns",
            "write -P 0xab 1000k 300k",
            "write -P 0x11 512 512",
            "write -f -P 0x22 1536 4608",
            "read -P 0 0 512",
            "read -P 0x11 512 512",
            "read -P 0 1024 512",
            "read -P 0x22 1536 4608",
            "write -z 1100k 64k",
            "read -P 0xab 1000k 100k",
            "read -P 0 1100k 64k",
            "read -P 0xab 1164k 136k",
            "discard 1000k 40k",
            "read -P 0 1000k 40k",
            "read -P 0xab 1040k 60k",
            "write -z -u 200M 64M",
            "write -P 0x77 1073741312 512",
            "read -P 0x77 1073741312 512",
            "flush");
        server.CreateSnapshot("patterns", "before");
        QemuIo(server, "patterns",
            "aio_write -P 0x31 64M 1M", "aio_write -P 0x32 65M 1M", "aio_write -P 0x33 66M 1M", "aio_flush",
            "read -P 0x31 64M 1M", "read -P 0x32 65M 1M", "read -P 0x33 66M 1M",
            "writev -P 0x44 128M 4k 512 60k", "read -P 0x44 128M 66048");
        Tool.Run(
            "qemu-io", "-r", "-f", "raw", "-c", "read -P 0 64M 3M", "-c", "read -P 0x22 1536 4608",
            server.Uri("patterns@before"));
        server.Stop();
    }

    [Fact]
    public void Qemu_io_cannot_write_to_a_snapshot()
    {
        using var folder = new TemporaryFolder();
        using var server = ServerProcess.Start(folder.In("data"));
        server.CreateDisk("patterns");
        server.CreateSnapshot("patterns", "before");
        var result = Tool.Try("qemu-io", "-f", "raw", "-c", "write 0 4k", server.Uri("patterns@before"));
        Assert.NotEqual(0, result.ExitCode);
        server.Stop();
    }

    [Fact]
    public void Fio_verifies_what_two_jobs_wrote_on_connections_of_their_own()
    {
        using var folder = new TemporaryFolder();
        using var server = ServerProcess.Start(folder.In("data"));
        server.CreateDisk("fio");
        var result = Tool.Run("fio",
            "--name=verified", "--ioengine=nbd", $"--uri={server.Uri("fio")}", "--rw=randwrite", "--bsrange=512-64k",
            "--blockalign=512", "--size=96M", "--numjobs=2", "--offset_increment=256M", "--iodepth=16",
            "--fsync=64", "--verify=crc32c", "--do_verify=1", "--verify_fatal=1", "--randrepeat=1",
            $"--aux-path={folder.Path}", "--group_reporting");
        Assert.Contains("err= 0", result.Output, StringComparison.Ordinal);
        server.Cli("check");
        server.Stop();
    }

    private static void QemuIo(ServerProcess server, string export, params string[] commands)
    {
        var arguments = commands.SelectMany(command => new[] { "-c", command });
        var result = Tool.Run("qemu-io", ["-f", "raw", .. arguments, server.Uri(export)]);
        Assert.DoesNotContain("failed", result.Output, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("failed", result.Error, StringComparison.OrdinalIgnoreCase);
    }
}
