using Tidemark.Disks.Keys;
using Tidemark.Hosting;
using Tidemark.Output;

namespace Tidemark.Program.Tests;

[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class StoppedStoreTests : IAsyncLifetime
{
    private const int MiB = 1 << 20;

    private readonly RunningServer _server = new();

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_check_finds_nothing_wrong_live_and_stopped()
    {
        await _server.CreateDiskAsync("checked");
        _server.Write("checked", 0, 1, 2 * MiB);
        await _server.SnapshotAsync("checked", "s");

        var live = (await _server.RunAsync("check", "-o", "json")).Json();
        await _server.StopAsync();
        var stopped = (await _server.RunAsync("check", "-o", "json")).Json();

        Assert.Equal(2 * MiB / 4096, live.GetProperty("BlocksVerified").GetInt64());
        Assert.Equal(live.GetProperty("BlocksVerified").GetInt64(), stopped.GetProperty("BlocksVerified").GetInt64());
        Assert.Equal(0, stopped.GetProperty("Problems").GetArrayLength());
    }

    [Fact]
    public async Task A_damaged_block_is_found_and_named()
    {
        await _server.CreateDiskAsync("damaged");
        _server.Write("damaged", 0, 0x5a, MiB);
        await _server.SnapshotAsync("damaged", "s");
        await _server.StopAsync();
        Damage(StorageStack.StoreFolder(_server.Folder), 0x5a);

        var result = await _server.RunAsync("check");

        Assert.Equal(ExitCode.Failed, result.ExitCode);
        Assert.Contains("StoreDamaged", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lost_catalog_is_rebuilt_with_everything_in_it()
    {
        await _server.CreateDiskAsync("lost");
        _server.Write("lost", 0, 3, MiB);
        await _server.SnapshotAsync("lost", "kept");
        await _server.StopAsync();
        foreach (var file in Directory.GetFiles(_server.Folder, "catalog.db*"))
            File.Delete(file);

        var refused = await _server.RunAsync("check");
        var repaired = await _server.RunAsync("repair", "-o", "json");
        await _server.StartAsync();

        Assert.Equal(ExitCode.Conflict, refused.ExitCode);
        Assert.Contains("tidemark repair", refused.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, repaired.ExitCode);
        Assert.All(_server.Read("lost@kept", 0, MiB), value => Assert.Equal(3, value));
    }

    [Fact]
    public async Task A_running_server_cannot_be_repaired()
    {
        var result = await _server.RunAsync("repair");

        Assert.Equal(ExitCode.Conflict, result.ExitCode);
        Assert.Contains("DataFolderInUse", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_survive_a_restart_and_only_their_owner_reads_them()
    {
        var path = DataFolderFiles.Credentials(_server.Folder);
        var before = CredentialsFile.Read(path);
        await _server.StopAsync();
        await _server.StartAsync();
        var after = CredentialsFile.Read(path);

        Assert.Equal(before?.Key, after?.Key);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        Assert.Equal(ExitCode.Done, (await _server.RunAsync("disk", "ls")).ExitCode);
    }

    [Fact]
    public async Task Wrong_keys_are_refused_as_such()
    {
        var path = DataFolderFiles.Credentials(_server.Folder);
        var right = CredentialsFile.Read(path);
        Assert.NotNull(right);
        var wrong = right with { Key = right.Key with { SecretKey = "wrong" } };
        wrong.Write(path);

        var result = await _server.RunAsync("disk", "ls");

        Assert.Equal(ExitCode.Denied, result.ExitCode);
    }

    // Flips one bit in the middle of the first segment that holds a block of this byte.
    private static void Damage(string store, byte value)
    {
        var block = Enumerable.Repeat(value, 4096).ToArray();
        foreach (var path in Directory.EnumerateFiles(store, "*", SearchOption.AllDirectories))
        {
            var bytes = File.ReadAllBytes(path);
            var at = bytes.AsSpan().IndexOf(block);
            if (at < 0)
                continue;
            bytes[at + 100] ^= 1;
            File.WriteAllBytes(path, bytes);
            return;
        }

        Assert.Fail($"No file below {store} holds the block.");
    }
}
