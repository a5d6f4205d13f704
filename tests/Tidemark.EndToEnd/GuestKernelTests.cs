using Tidemark.EndToEnd.Support;

namespace Tidemark.EndToEnd;

public sealed class GuestKernelTests
{
    [Fact]
    public async Task A_guest_kernel_keeps_XFS_and_ext4_on_a_disk_over_two_connections()
    {
        var (kernel, initrd) = GuestKernel.Prepare();
        using var folder = new TemporaryFolder();
        using var server = ServerProcess.Start(folder.In("data"));
        server.CreateDisk("guest");
        using (var relay = new CountingRelay(server.TcpPort))
        {
            using var guest = new GuestMachine(kernel, initrd, relay.Port);
            var queue = await guest.Expect("GUEST fua=");
            Assert.Contains("fua=1 cache=write back", queue, StringComparison.Ordinal);
            Assert.DoesNotContain("discard=0", queue, StringComparison.Ordinal);
            await guest.Expect("GUEST xfs good");
            await guest.Expect("HOST frozen");
            server.CreateSnapshot("guest", "frozen");
            guest.PressEnter();
            await guest.Expect("HOST live");
            server.CreateSnapshot("guest", "live");
            guest.PressEnter();
            await guest.Expect("GUEST done");
            TestContext.Current.TestOutputHelper?.WriteLine(
                $"{relay.ConnectionCount} connections; {relay.WriteCount} writes, {relay.FuaCount} with FUA, "
                    + $"{relay.FlushCount} flushes, {relay.TrimCount} trims");
            AssertSeen(relay);
        }

        CheckFrozen(server, folder);
        CheckLive(server, folder);
        Copy(server, "guest", folder.In("end.img"));
        Tool.Run("e2fsck", "-f", "-n", folder.In("end.img"));
        Assert.Empty(server.Cli("check").GetProperty("Problems").EnumerateArray());
        server.Stop();
    }

    private static void AssertSeen(CountingRelay relay)
    {
        Assert.True(relay.ConnectionCount >= 2, "The guest used one connection.");
        Assert.True(relay.FuaCount > 0, "The guest sent no FUA.");
        Assert.True(relay.FlushCount > 0, "The guest sent no flush.");
        Assert.True(relay.TrimCount > 0, "The guest sent no trim.");
    }

    // A frozen file system needs no replay of its journal.
    private static void CheckFrozen(ServerProcess server, TemporaryFolder folder)
    {
        Copy(server, "guest@frozen", folder.In("frozen.img"));
        Tool.Run("e2fsck", "-f", "-n", folder.In("frozen.img"));
    }

    // One in use is as after a power cut: its journal makes it whole.
    private static void CheckLive(ServerProcess server, TemporaryFolder folder)
    {
        Copy(server, "guest@live", folder.In("live.img"));
        var replay = Tool.Try("e2fsck", "-f", "-p", folder.In("live.img"));
        Assert.True(replay.ExitCode is 0 or 1, replay.ToString());
        Tool.Run("e2fsck", "-f", "-n", folder.In("live.img"));
    }

    private static void Copy(ServerProcess server, string export, string path) =>
        Tool.Run("nbdcopy", server.Uri(export), path);
}
