using Tidemark.EndToEnd.Support;

namespace Tidemark.EndToEnd;

public sealed class CommandTests
{
    private const int DiskBlocks = (1 << 30) / PatternDisk.BlockBytes;

    [Fact]
    public void Each_exit_code_is_what_a_real_command_ends_with()
    {
        using var folder = new TemporaryFolder();
        using var server = ServerProcess.Start(folder.In("data"), "--snapshot-quota", "0");
        var disk = server.CreateDisk("codes");
        server.CreateDisk("twin");
        server.CreateDisk("twin");
        server.CreateSnapshot("codes", "first");

        Assert.Equal(0, server.TryCli("disk", "ls").ExitCode);
        File.WriteAllBytes(folder.In("no-backup"), new byte[4096]);
        AssertFails(server, 1, "snap", "import", folder.In("no-backup"), "--disk", "x");
        AssertFails(server, 2, "disk", "create", "x");
        AssertFails(server, 2, "disk", "resize", "codes", "--size", "nonsense");
        AssertFails(server, 2, "no-such-verb");
        AssertFails(server, 4, "disk", "show", "nothing");
        AssertFails(server, 4, "snap", "show", "snap-00000000");
        AssertFails(server, 5, "disk", "show", "twin");
        using (server.Connect(disk))
        {
            AssertFails(server, 5, "snap", "rollback", "codes", "first");
            AssertFails(server, 5, "disk", "rm", "codes");
        }

        AssertFails(server, 5, "repair");
        server.Stop();
        AssertFails(server, 9, "disk", "ls");
        AssertFails(server, 8, "disk", "ls", "--data", folder.In("nowhere"));
    }

    [Fact]
    public async Task The_quota_ends_a_command_with_7()
    {
        using var folder = new TemporaryFolder();
        using var server = ServerProcess.Start(folder.In("data"), "--snapshot-quota", "0");
        var disk = server.CreateDisk("full");
        const int perDisk = 64;
        for (var number = 0; number < perDisk; number++)
            await server.Client.Snapshots.CreateAsync(disk, null, [], CancellationToken.None);
        AssertFails(server, 7, "snap", "create", "full");
        server.Stop();
    }

    [Fact]
    public void A_wrong_secret_ends_a_command_with_8()
    {
        using var folder = new TemporaryFolder();
        using var server = ServerProcess.Start(folder.In("data"));
        var path = Path.Combine(server.DataFolder, "credentials");
        var lines = File.ReadAllLines(path);
        Directory.CreateDirectory(folder.In("other"));
        File.WriteAllLines(
            folder.In("other", "credentials"),
            lines.Select(
                line => line.StartsWith("secret_key", StringComparison.Ordinal) ? "secret_key = wrong" : line));
        var result = ServerProcess.Command("disk", "ls", "--data", folder.In("other"), "-o", "json");
        Assert.Equal(8, result.ExitCode);
        Assert.Contains("AuthFailure", result.Error, StringComparison.Ordinal);
        server.Stop();
    }

    [Fact]
    public void Keys_are_for_their_owner_alone()
    {
        using var folder = new TemporaryFolder();
        using var server = ServerProcess.Start(folder.In("data"));
        foreach (var name in new[] { "credentials", "master.key" })
            Assert.Equal("600\n", Tool.Run("stat", "-c", "%a", Path.Combine(server.DataFolder, name)).Output);
        server.Stop();
    }

    [Fact]
    public void A_second_server_on_the_same_data_is_refused_as_a_conflict()
    {
        using var folder = new TemporaryFolder();
        using var server = ServerProcess.Start(folder.In("data"));
        var second = ServerProcess.Command(
            "serve", "--data", folder.In("data"), "--listen", "127.0.0.1:0", "--nbd", "tcp:127.0.0.1:0");
        Assert.Equal(5, second.ExitCode);
        Assert.Contains("DataFolderInUse", second.Error, StringComparison.Ordinal);
        server.Stop();
    }

    [Fact]
    public void A_backup_whole_and_incremental_builds_the_disk_on_another_server()
    {
        using var folder = new TemporaryFolder();
        using var source = ServerProcess.Start(folder.In("source"));
        using var target = ServerProcess.Start(folder.In("target"));
        var model = new PatternDisk(DiskBlocks);
        var disk = source.CreateDisk("pg");
        using (var client = source.Connect(disk))
        {
            model.Write(client, 0, 2000);
            model.Write(client, 200_000, 300);
            source.CreateSnapshot("pg", "one");
            var first = model.Image();
            model.Write(client, 1500, 1000);
            model.Trim(client, 100, 200);
            source.CreateSnapshot("pg", "two");
            Export(source, "one", "-o", folder.In("one.backup"));
            Export(source, "two", "--since", "one", "-o", folder.In("two.backup"));
            Assert.InRange(new FileInfo(folder.In("two.backup")).Length, 4_096_000, 4_500_000);

            target.Cli("snap", "import", folder.In("one.backup"), "--disk", "copy");
            using (var copy = target.Connect("copy", "base:allocation"))
                model.Verify(copy, first, "the whole backup");
        }

        var increment = target.Cli("snap", "import", folder.In("two.backup"), "--onto", "copy");
        using (var copy = target.Connect("copy", "base:allocation"))
            model.Verify(copy, model.Versions, "the disk after the increment");
        using (var snapshot = target.Connect(increment.GetProperty("SnapshotId").GetString()!, "base:allocation"))
            model.Verify(snapshot, model.Versions, "the snapshot that the increment became");
        source.Stop();
        target.Stop();
    }

    [Fact]
    public void A_backup_goes_through_a_pipe_and_a_damaged_one_is_refused()
    {
        using var folder = new TemporaryFolder();
        using var server = ServerProcess.Start(folder.In("data"));
        var model = new PatternDisk(DiskBlocks);
        using (var client = server.Connect(server.CreateDisk("piped")))
            model.Write(client, 10, 500);
        server.CreateSnapshot("piped", "one");
        var program = $"dotnet {ServerProcess.ProgramPath}";
        Tool.Run("sh", "-c",
            $"{program} snap export one --data {server.DataFolder} -o - | "
            + $"{program} snap import - --disk twin --data {server.DataFolder}");
        using (var twin = server.Connect("twin", "base:allocation"))
            model.Verify(twin, model.Versions, "the disk behind the pipe");

        Export(server, "piped@one", "-o", folder.In("backup"));
        var bytes = File.ReadAllBytes(folder.In("backup"));
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(folder.In("backup"), bytes);
        AssertFails(server, 1, "snap", "import", folder.In("backup"), "--disk", "bad");
        AssertFails(server, 4, "disk", "show", "bad");
        server.Stop();
    }

    [Fact]
    public void SIGTERM_drains_a_server_with_clients_and_every_answered_write_is_there_again()
    {
        using var folder = new TemporaryFolder();
        var writers = new VerifiedWriters();
        string disk;
        using (var server = ServerProcess.Start(folder.In("data")))
        {
            disk = server.CreateDisk("drained");
            var random = Seed.Random(
                nameof(SIGTERM_drains_a_server_with_clients_and_every_answered_write_is_there_again));
            using var idle = server.Connect(disk);
            var threads = writers.Start(() => server.Connect(disk), random, 200_000);
            SpinWait.SpinUntil(() => writers.AnswerCount > 500, TimeSpan.FromSeconds(30));
            server.Stop();
            foreach (var thread in threads)
                thread.Join();
        }

        Assert.True(writers.AnswerCount > 500, "The writers did not get going.");
        using var again = ServerProcess.Start(folder.In("data"));
        using (var client = again.Connect(disk))
            VerifiedWriters.Verify(client, writers.Bounds(), "after SIGTERM");
        again.Stop();
    }

    private static void Export(ServerProcess server, params string[] arguments)
    {
        var result = server.TryCli(["snap", "export", .. arguments]);
        Assert.True(result.ExitCode == 0, result.ToString());
    }

    private static void AssertFails(ServerProcess server, int exitCode, params string[] arguments)
    {
        var result = arguments.Contains("--data") ? ServerProcess.Command(arguments) : server.TryCli(arguments);
        Assert.True(result.ExitCode == exitCode, $"Expected {exitCode}: {result}\n--- server\n{server.Log}");
        var lines = result.Error.Trim().Split('\n');
        Assert.StartsWith("error: ", lines[^3], StringComparison.Ordinal);
    }
}
