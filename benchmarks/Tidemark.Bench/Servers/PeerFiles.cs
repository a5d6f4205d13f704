using Tidemark.Bench.Tools;

namespace Tidemark.Bench.Servers;

/// <summary>The files that the peers serve: one content, prepared once, in each one's form.</summary>
internal sealed class PeerFiles : IAsyncDisposable
{
    private const int BtrfsSpareMiB = 2048;

    private readonly BenchPlan _plan;
    private readonly BtrfsMount? _btrfs;

    private PeerFiles(BenchPlan plan, BtrfsMount? btrfs)
    {
        _plan = plan;
        _btrfs = btrfs;
    }

    /// <summary>Fills a raw disk through its server, then brings the same content into the other forms.</summary>
    /// <param name="plan">Sizes and places.</param>
    /// <param name="fill">Fills the disk at an address.</param>
    /// <param name="note">Told what cannot be had here.</param>
    public static async Task<PeerFiles> CreateAsync(BenchPlan plan, Func<string, Task> fill, Action<string> note)
    {
        // Room for the content, and for a reflink copy that is overwritten completely.
        var btrfs = await BtrfsMount.TryCreateAsync(plan.WorkFolder, (3 * plan.AreaMiB) + BtrfsSpareMiB, note);
        var files = new PeerFiles(plan, btrfs);
        await files.TruncateAsync("peer.raw");
        using (var raw = files.Raw())
        {
            await fill(raw.Uri);
        }

        await CommandRun.OutputAsync("cp", files.PathOf("peer.raw"), files.PathOf("nbdkit.raw"));
        await CommandRun.OutputAsync(
            "qemu-img", "convert", "-O", "qcow2", files.PathOf("peer.raw"), files.PathOf("base.qcow2"));
        if (btrfs is not null)
            await CommandRun.OutputAsync("cp", files.PathOf("peer.raw"), Path.Combine(btrfs.Folder, "base.raw"));
        return files;
    }

    /// <summary>qemu-nbd on the raw file.</summary>
    public Peer Raw(Transport transport = Transport.UnixSocket) => new(PeerKind.Raw, PathOf("peer.raw"), transport);

    /// <summary>nbdkit on a copy of it.</summary>
    public Peer Nbdkit(Transport transport = Transport.UnixSocket) =>
        new(PeerKind.Nbdkit, PathOf("nbdkit.raw"), transport);

    /// <summary>qemu-nbd on a qcow2 overlay, made anew before each point.</summary>
    public Peer Overlay(PeerKind kind)
    {
        var file = PathOf($"{kind.Key}.overlay");
        Func<Task> prepare = async () =>
        {
            File.Delete(file);
            await CommandRun.OutputAsync("qemu-img", OverlayOptions(kind, file));
        };
        prepare().GetAwaiter().GetResult();
        return new Peer(kind, file, prepare: prepare);
    }

    /// <summary>qemu-nbd on a reflink copy, made anew before each point; null without btrfs.</summary>
    public Peer? Reflink()
    {
        if (_btrfs is null)
            return null;
        var file = Path.Combine(_btrfs.Folder, "copy.raw");
        var source = Path.Combine(_btrfs.Folder, "base.raw");
        Func<Task> prepare = async () =>
        {
            File.Delete(file);
            await CommandRun.OutputAsync("cp", "--reflink=always", source, file);
        };
        prepare().GetAwaiter().GetResult();
        return new Peer(PeerKind.Btrfs, file, prepare: prepare);
    }

    /// <summary>A peer on an empty disk, made anew before each point.</summary>
    public Peer Empty(PeerKind kind)
    {
        var name = $"{kind.Key}.fresh";
        Func<Task> prepare = async () =>
        {
            File.Delete(PathOf(name));
            if (kind == PeerKind.Qcow2)
                await CommandRun.OutputAsync("qemu-img", "create", "-q", "-f", "qcow2", PathOf(name), Size);
            else
                await TruncateAsync(name);
        };
        prepare().GetAwaiter().GetResult();
        return new Peer(kind, PathOf(name), prepare: prepare);
    }

    /// <summary>What <c>qemu-img create</c> is given for an overlay, as the report prints it.</summary>
    public static string OverlayText(PeerKind kind) => kind == PeerKind.Qcow2Extended
        ? "qemu-img create -f qcow2 -o extended_l2=on,cluster_size=128k -b BASE.qcow2 -F qcow2"
        : "qemu-img create -f qcow2 -b BASE.qcow2 -F qcow2";

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_btrfs is not null)
            await _btrfs.DisposeAsync();
    }

    private string Size => $"{_plan.AreaMiB}M";

    private string PathOf(string name) => Path.Combine(_plan.WorkFolder, name);

    private Task<string> TruncateAsync(string name) => CommandRun.OutputAsync("truncate", "-s", Size, PathOf(name));

    private string[] OverlayOptions(PeerKind kind, string file)
    {
        string[] extended = kind == PeerKind.Qcow2Extended ? ["-o", "extended_l2=on,cluster_size=128k"] : [];
        return ["create", "-q", "-f", "qcow2", .. extended, "-b", PathOf("base.qcow2"), "-F", "qcow2", file];
    }
}
