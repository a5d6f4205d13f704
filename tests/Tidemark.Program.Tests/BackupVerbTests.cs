using Tidemark.Output;

namespace Tidemark.Program.Tests;

public sealed class BackupVerbTests(RunningServer server) : IClassFixture<RunningServer>
{
    private const int MiB = 1 << 20;

    [Fact]
    public async Task A_whole_backup_comes_back_as_a_disk_with_the_snapshot()
    {
        await server.CreateDiskAsync("whole");
        server.Write("whole", 3 * MiB, 7, MiB);
        await server.SnapshotAsync("whole", "kept");
        var file = server.File("whole.backup");

        var exported = await server.RunAsync("snap", "export", "whole@kept", "-o", file);
        var imported = (await server.RunAsync("snap", "import", file, "--disk", "whole-again", "-o", "json")).Json();

        Assert.Equal(ExitCode.Done, exported.ExitCode);
        Assert.Equal(server.Read("whole", 0, 8 * MiB), server.Read("whole-again", 0, 8 * MiB));
        var snapshot = imported.GetProperty("SnapshotId").GetString() ?? "";
        var shown = (await server.RunAsync("snap", "show", snapshot, "-o", "json")).Json();
        Assert.Equal("kept", shown.GetProperty("SnapshotName").GetString());
        Assert.InRange(new FileInfo(file).Length, MiB, MiB + 4096);
    }

    [Fact]
    public async Task Increments_follow_their_bases()
    {
        var (wholeFile, incrementFile) = await ExportPairAsync("chain");

        await server.RunAsync("snap", "import", wholeFile, "--disk", "chain-copy");
        var result = await server.RunAsync("snap", "import", incrementFile, "--onto", "chain-copy");

        Assert.True(result.ExitCode == ExitCode.Done, result.Error);
        Assert.Equal(server.Read("chain", 0, 8 * MiB), server.Read("chain-copy", 0, 8 * MiB));
        var snapshots = (await server.RunAsync("snap", "ls", "chain-copy", "-o", "json")).Json().EnumerateArray();
        Assert.Equal(["first", "second"], snapshots.Select(item => item.GetProperty("SnapshotName").GetString()));
    }

    [Fact]
    public async Task An_increment_is_refused_on_a_disk_without_its_base()
    {
        var (_, incrementFile) = await ExportPairAsync("stray");
        await server.CreateDiskAsync("stray-target");

        var onto = await server.RunAsync("snap", "import", incrementFile, "--onto", "stray-target");
        var alone = await server.RunAsync("snap", "import", incrementFile);

        Assert.Equal(ExitCode.Conflict, onto.ExitCode);
        Assert.Contains("BaseMissing", onto.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, alone.ExitCode);
    }

    [Fact]
    public async Task An_increment_is_refused_on_a_disk_that_moved_on()
    {
        var (wholeFile, incrementFile) = await ExportPairAsync("moved");
        await server.RunAsync("snap", "import", wholeFile, "--disk", "moved-copy");
        server.Write("moved-copy", 100 * MiB, 9, 4096);

        var result = await server.RunAsync("snap", "import", incrementFile, "--onto", "moved-copy");

        Assert.Equal(ExitCode.Conflict, result.ExitCode);
        Assert.Contains("DiskChanged", result.Error, StringComparison.Ordinal);
        Assert.Equal(9, server.Read("moved-copy", 100 * MiB, 512)[0]);
        var snapshots = (await server.RunAsync("snap", "ls", "moved-copy", "-o", "json")).Json();
        Assert.Equal(1, snapshots.GetArrayLength());
    }

    [Fact]
    public async Task Nothing_remains_of_a_damaged_whole_backup()
    {
        var (wholeFile, _) = await ExportPairAsync("torn");
        var bytes = await File.ReadAllBytesAsync(wholeFile, TestContext.Current.CancellationToken);
        var torn = server.File("torn.short");
        await File.WriteAllBytesAsync(torn, bytes[..^10], TestContext.Current.CancellationToken);

        var result = await server.RunAsync("snap", "import", torn, "--disk", "torn-copy");
        var show = await server.RunAsync("disk", "show", "torn-copy");

        Assert.Equal(ExitCode.Failed, result.ExitCode);
        Assert.Contains("BackupTruncated", result.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.NotFound, show.ExitCode);
    }

    [Fact]
    public async Task A_damaged_increment_leaves_the_disk_at_its_base()
    {
        var (wholeFile, incrementFile) = await ExportPairAsync("half");
        await server.RunAsync("snap", "import", wholeFile, "--disk", "half-copy");
        var before = server.Read("half-copy", 0, 8 * MiB);
        var bytes = await File.ReadAllBytesAsync(incrementFile, TestContext.Current.CancellationToken);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(incrementFile, bytes, TestContext.Current.CancellationToken);

        var result = await server.RunAsync("snap", "import", incrementFile, "--onto", "half-copy");

        Assert.Equal(ExitCode.Failed, result.ExitCode);
        Assert.Equal(before, server.Read("half-copy", 0, 8 * MiB));
    }

    [Fact]
    public async Task Snapshots_of_strangers_have_no_difference()
    {
        await server.CreateDiskAsync("stranger-a");
        await server.CreateDiskAsync("stranger-b");
        await server.SnapshotAsync("stranger-a", "of-a");
        await server.SnapshotAsync("stranger-b", "of-b");

        var result = await server.RunAsync(
            "snap", "export", "of-b", "--since", "of-a", "-o", server.File("never.backup"));

        Assert.Equal(ExitCode.Conflict, result.ExitCode);
        Assert.False(File.Exists(server.File("never.backup")));
    }

    // Two snapshots of a new disk, as a whole backup and an increment.
    private async Task<(string WholeFile, string IncrementFile)> ExportPairAsync(string disk)
    {
        await server.CreateDiskAsync(disk);
        server.Write(disk, 0, 1, 4 * MiB);
        await server.SnapshotAsync(disk, "first");
        server.Write(disk, MiB, 2, 4096);
        using (var client = server.Connect(disk))
        {
            client.Trim(2 * MiB, MiB);
            client.Disconnect();
        }

        await server.SnapshotAsync(disk, "second");
        var whole = server.File($"{disk}.whole");
        var increment = server.File($"{disk}.increment");
        Assert.Equal(ExitCode.Done, (await server.RunAsync("snap", "export", $"{disk}@first", "-o", whole)).ExitCode);
        var result = await server.RunAsync(
            "snap", "export", $"{disk}@second", "--since", $"{disk}@first", "-o", increment);
        Assert.True(result.ExitCode == ExitCode.Done, result.Error);
        return (whole, increment);
    }
}
