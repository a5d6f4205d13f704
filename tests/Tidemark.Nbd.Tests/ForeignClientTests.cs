using System.Text.Json;
using Tidemark.Nbd.Tests.Support;

namespace Tidemark.Nbd.Tests;

/// <summary>Clients that others wrote find what they expect.</summary>
public sealed class ForeignClientTests
{
    [Fact]
    public async Task Nbdinfo_shows_size_flags_and_block_sizes()
    {
        await using var server = new TestServer();
        server.Disk.Description = "a disk for tests";

        var output = await ForeignTool.Run("nbdinfo", "--json", server.Uri);

        var export = JsonDocument.Parse(output).RootElement.GetProperty("exports")[0];
        Assert.Equal("disk", export.GetProperty("export-name").GetString());
        Assert.Equal("a disk for tests", export.GetProperty("description").GetString());
        Assert.Equal(8 * 1024 * 1024, export.GetProperty("export-size").GetInt64());
        Assert.Equal(512, export.GetProperty("block_size_minimum").GetInt64());
        Assert.Equal(4096, export.GetProperty("block_size_preferred").GetInt64());
        Assert.Equal(32 * 1024 * 1024, export.GetProperty("block_size_maximum").GetInt64());
        Assert.Equal("base:allocation", export.GetProperty("contexts")[0].GetString());
        string[] abilities =
            ["can_cache", "can_df", "can_fast_zero", "can_flush", "can_fua", "can_multi_conn", "can_trim", "can_zero"];
        foreach (var ability in abilities)
            Assert.True(export.GetProperty(ability).GetBoolean(), ability);
        Assert.False(export.GetProperty("is_read_only").GetBoolean());
    }

    [Fact]
    public async Task Nbdinfo_finds_no_fast_zeroes_on_a_read_only_export()
    {
        await using var server = new TestServer();
        server.Disk.IsReadOnly = true;

        var output = await ForeignTool.Run("nbdinfo", "--json", server.Uri);

        var export = JsonDocument.Parse(output).RootElement.GetProperty("exports")[0];
        Assert.True(export.GetProperty("is_read_only").GetBoolean());
        Assert.False(export.GetProperty("can_zero").GetBoolean());
        Assert.False(export.GetProperty("can_fast_zero").GetBoolean());
    }

    [Fact]
    public async Task Nbdinfo_lists_all_exports()
    {
        await using var server = new TestServer();
        server.Catalog.Disks["second"] = new MemoryDisk(1024 * 1024);

        var output = await ForeignTool.Run(
            "nbdinfo", "--json", "--list", $"nbd://127.0.0.1:{server.Tcp.Port}");

        var exports = JsonDocument.Parse(output).RootElement.GetProperty("exports");
        var names = exports.EnumerateArray().Select(each => each.GetProperty("export-name").GetString());
        Assert.Equal("disk second", string.Join(' ', names));
    }

    [Fact]
    public async Task Nbdinfo_maps_what_was_written()
    {
        await using var server = new TestServer();
        await ForeignTool.Run("qemu-io", "-f", "raw", server.Uri, "-c", "write -P 7 1M 64k");

        var output = await ForeignTool.Run("nbdinfo", "--map", "--json", server.Uri);

        var extents = JsonDocument.Parse(output).RootElement;
        (long, long, int)[] found = [.. extents.EnumerateArray().Select(each => (
            each.GetProperty("offset").GetInt64(), each.GetProperty("length").GetInt64(),
            each.GetProperty("type").GetInt32()))];
        Assert.Equal([(0, 1 << 20, 3), (1 << 20, 65536, 0), ((1 << 20) + 65536, (7 << 20) - 65536, 3)], found);
    }

    [Fact]
    public async Task Nbdinfo_maps_a_dirty_bitmap_that_is_not_listed()
    {
        await using var server = new TestServer();
        server.Disk.HiddenContexts = ["qemu:dirty-bitmap:snap-1"];
        server.Disk.StatusAnswer = [new(4096, StatusExtent.Dirty), new((8 << 20) - 4096, 0)];

        var output = await ForeignTool.Run("nbdinfo", "--map=qemu:dirty-bitmap:snap-1", "--json", server.Uri);

        var first = JsonDocument.Parse(output).RootElement[0];
        Assert.Equal(4096, first.GetProperty("length").GetInt64());
        Assert.Equal(1, first.GetProperty("type").GetInt32());
    }

    [Fact]
    public async Task Qemu_io_writes_zeroes_trims_and_reads_back()
    {
        await using var server = new TestServer();

        var output = await ForeignTool.Run(
            "qemu-io", "-f", "raw", "-d", "unmap", server.Uri,
            "-c", "write -P 17 0 2M", "-c", "write -f -P 18 4k 4k", "-c", "write -z 64k 64k",
            "-c", "write -z -u 128k 64k", "-c", "discard 1M 512k", "-c", "flush",
            "-c", "read -P 17 0 4k", "-c", "read -P 18 4k 4k", "-c", "read -P 0 64k 128k", "-c", "read -P 0 1M 512k",
            "-c", "read -P 17 1536k 512k", "-c", "write -P 3 4097 511", "-c", "read -P 3 4097 511");

        Assert.DoesNotContain("verification failed", output, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(server.Disk.Calls, call => call.StartsWith("trim", StringComparison.Ordinal));
        Assert.Contains(server.Disk.Calls, call => call.EndsWith("True", StringComparison.Ordinal));
        Assert.True(server.Disk.FlushCount >= 2);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nbdcopy_brings_an_image_in_and_out_over_several_connections(bool isCold)
    {
        await using var server = new TestServer(sizeBytes: 32 * 1024 * 1024);
        server.Disk.IsCold = isCold;
        var source = Path.Combine(server.Folder, "source.img");
        var copy = Path.Combine(server.Folder, "copy.img");
        var bytes = new byte[server.Disk.SizeBytes];
        new Random(11).NextBytes(bytes);
        File.WriteAllBytes(source, bytes);

        await ForeignTool.Run("nbdcopy", "--connections=4", "--flush", source, server.Uri);
        await ForeignTool.Run("nbdcopy", "--connections=4", server.Uri, copy);

        Assert.Equal(bytes, File.ReadAllBytes(copy));
        Assert.True(server.Disk.FlushCount > 0);
    }

    [Fact]
    public async Task Qemu_img_converts_and_compares()
    {
        await using var server = new TestServer();
        var image = Path.Combine(server.Folder, "image.qcow2");
        new Random(12).NextBytes(server.Disk.Bytes[..(2 << 20)]);
        server.Disk.StatusAnswer = [new(8 << 20, 0)];

        await ForeignTool.Run("qemu-img", "convert", "-O", "qcow2", server.Uri, image);

        await ForeignTool.Run("qemu-img", "compare", server.Uri, image);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Fio_verifies_what_it_wrote(bool isCold)
    {
        await using var server = new TestServer();
        server.Disk.IsCold = isCold;

        await ForeignTool.Run(
            "fio", "--name=verify", "--ioengine=nbd", $"--uri={server.Uri}", "--rw=randwrite",
                "--bssplit=512/10:4k/60:64k/30",
            "--iodepth=16", "--size=8m", "--verify=crc32c", "--fsync=32", "--randseed=7", "--verify_fatal=1",
            "--blockalign=512", "--serialize_overlap=1", $"--aux-path={server.Folder}", "--verify_state_save=0");
    }

    [Fact]
    public async Task A_read_only_export_is_read_only_to_qemu()
    {
        await using var server = new TestServer();
        server.Disk.IsReadOnly = true;

        var (exitCode, _, errors) = await ForeignTool.Try(
            "qemu-io", "-f", "raw", server.Uri, "-c", "write 0 4k");

        Assert.NotEqual(0, exitCode);
        Assert.Contains("denied", errors, StringComparison.OrdinalIgnoreCase);
        await ForeignTool.Run("qemu-io", "-r", "-f", "raw", server.Uri, "-c", "read 0 4k");
    }
}
