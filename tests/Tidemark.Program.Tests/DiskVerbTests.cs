using Tidemark.Output;

namespace Tidemark.Program.Tests;

public sealed class DiskVerbTests(RunningServer server) : IClassFixture<RunningServer>
{
    private const int MiB = 1 << 20;

    [Fact]
    public async Task A_created_disk_is_listed_in_the_members_of_the_api()
    {
        var id = await server.CreateDiskAsync("listed", 2);

        var disks = (await server.RunAsync("disk", "ls", "-o", "json")).Json().EnumerateArray();

        var disk = disks.Single(item => item.GetProperty("DiskId").GetString() == id);
        Assert.Equal("listed", disk.GetProperty("DiskName").GetString());
        Assert.Equal(2, disk.GetProperty("DiskSize").GetInt64());
        Assert.Equal("UNATTACHED", disk.GetProperty("DiskState").GetString());
    }

    [Fact]
    public async Task A_name_is_accepted_wherever_an_id_is()
    {
        var id = await server.CreateDiskAsync("by-name");

        var byName = (await server.RunAsync("disk", "show", "by-name", "-o", "json")).Json();
        var byId = (await server.RunAsync("disk", "show", id, "-o", "json")).Json();

        Assert.Equal(id, byName.GetProperty("DiskId").GetString());
        Assert.Equal(byId.GetRawText(), byName.GetRawText());
    }

    [Fact]
    public async Task An_ambiguous_name_is_a_conflict_that_lists_the_ids()
    {
        var first = await server.CreateDiskAsync("twin");
        var second = await server.CreateDiskAsync("twin");

        var result = await server.RunAsync("disk", "show", "twin");

        Assert.Equal(ExitCode.Conflict, result.ExitCode);
        Assert.Contains(first, result.Error, StringComparison.Ordinal);
        Assert.Contains(second, result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("disk-zzzzzzzz")]
    public async Task What_does_not_exist_is_not_found(string name)
    {
        var result = await server.RunAsync("disk", "show", name);

        Assert.Equal(ExitCode.NotFound, result.ExitCode);
        Assert.Contains("tidemark disk ls", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_disk_grows_and_never_shrinks()
    {
        await server.CreateDiskAsync("growing", 1);

        var grown = await server.RunAsync("disk", "resize", "growing", "--size", "3GiB");
        var shrunk = await server.RunAsync("disk", "resize", "growing", "--size", "2GiB");

        Assert.Equal(ExitCode.Done, grown.ExitCode);
        Assert.Equal(ExitCode.Usage, shrunk.ExitCode);
        using var disk = server.Connect("growing");
        Assert.Equal(3L << 30, disk.SizeBytes);
    }

    [Fact]
    public async Task A_connected_disk_is_removed_only_by_force()
    {
        await server.CreateDiskAsync("connected");
        using var client = server.Connect("connected");

        var refused = await server.RunAsync("disk", "rm", "connected");
        var forced = await server.RunAsync("disk", "rm", "connected", "--force");
        var gone = await server.RunAsync("disk", "show", "connected");

        Assert.Equal(ExitCode.Conflict, refused.ExitCode);
        Assert.Equal(ExitCode.Done, forced.ExitCode);
        Assert.Equal(ExitCode.NotFound, gone.ExitCode);
    }

    [Fact]
    public async Task A_raw_image_becomes_a_disk_of_whole_gibibytes()
    {
        var path = server.File("image.raw");
        var content = Enumerable.Range(0, (2 * MiB) + 700).Select(index => (byte)(index / 4096 % 3)).ToArray();
        await File.WriteAllBytesAsync(path, content, TestContext.Current.CancellationToken);

        var result = await server.RunAsync("disk", "create", "from-raw", "--from-file", path);

        Assert.Equal(ExitCode.Done, result.ExitCode);
        Assert.Equal(content, server.Read("from-raw", 0, (2 * MiB) + 1024)[..content.Length]);
        using var disk = server.Connect("from-raw");
        Assert.Equal(1L << 30, disk.SizeBytes);
    }

    [Fact]
    public async Task A_disk_too_small_for_its_image_is_not_created()
    {
        var path = server.File("large.raw");
        await using (var file = File.Create(path))
            file.SetLength(3L << 30);

        var result = await server.RunAsync("disk", "create", "small", "--size", "2", "--from-file", path);
        var show = await server.RunAsync("disk", "show", "small");

        Assert.Equal(ExitCode.Usage, result.ExitCode);
        Assert.Equal(ExitCode.NotFound, show.ExitCode);
    }

    [Fact]
    public async Task A_disk_starts_from_a_snapshot()
    {
        await server.CreateDiskAsync("origin");
        server.Write("origin", MiB, 5, MiB);
        await server.SnapshotAsync("origin", "start");
        server.Write("origin", MiB, 6, MiB);

        var result = await server.RunAsync("disk", "create", "clone", "--from", "origin@start");

        Assert.Equal(ExitCode.Done, result.ExitCode);
        Assert.All(server.Read("clone", MiB, MiB), value => Assert.Equal(5, value));
        Assert.All(server.Read("origin", MiB, MiB), value => Assert.Equal(6, value));
    }
}
