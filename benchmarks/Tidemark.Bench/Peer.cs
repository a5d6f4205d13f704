namespace Tidemark.Bench;

/// <summary>A server with a disk to work on.</summary>
/// <param name="Process">The server.</param>
/// <param name="Uri">The disk.</param>
internal sealed record Peer(ServerProcess Process, string Uri) : IDisposable
{
    /// <summary>qemu-nbd on a raw file, as its own documentation recommends it for speed.</summary>
    public static Peer StartQemu(BenchPlan plan)
    {
        var file = Path.Combine(plan.WorkFolder, "peer.raw");
        using (var raw = File.Create(file))
            raw.SetLength((long)plan.WorkingSetMiB << 20);
        var socket = Path.Combine(plan.WorkFolder, "peer.sock");
        string[] arguments =
            ["--aio=io_uring", "--cache=writeback", "-f", "raw", "-t", "-e", "16", "-k", socket, "-x", "disk", file];
        return new Peer(
            ServerProcess.Start("qemu-nbd", arguments, socket, printsReadyLine: false),
            $"nbd+unix:///disk?socket={socket}");
    }

    /// <inheritdoc/>
    public void Dispose() => Process.Dispose();
}
