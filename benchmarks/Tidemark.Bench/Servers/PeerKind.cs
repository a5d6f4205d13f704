namespace Tidemark.Bench.Servers;

/// <summary>A server to compare with: the program, and the exact options.</summary>
/// <param name="Key">Names it in the JSON.</param>
/// <param name="Title">Names it in tables and plots.</param>
/// <param name="Program">The program.</param>
/// <param name="Options">Its options, without the file and the address.</param>
internal sealed record PeerKind(string Key, string Title, string Program, IReadOnlyList<string> Options)
{
    private static readonly string[] QemuCached =
        ["--aio=io_uring", "--cache=writeback", "--persistent", "--shared=16", "--export-name=disk"];

    /// <summary>qemu-nbd on a raw file: what the bars refer to.</summary>
    public static PeerKind Raw { get; } = new("raw", "qemu-nbd raw", "qemu-nbd", [.. QemuCached, "--format=raw"]);

    /// <summary>qemu-nbd on a qcow2 overlay over a full qcow2 image, new before each point.</summary>
    public static PeerKind Qcow2 { get; } =
        new("qcow2", "qcow2, fresh overlay", "qemu-nbd", [.. QemuCached, "--format=qcow2"]);

    /// <summary>The same with subclusters of 4 KiB, so that a first write copies less.</summary>
    public static PeerKind Qcow2Extended { get; } =
        new("qcow2-extl2", "qcow2 extended_l2", "qemu-nbd", [.. QemuCached, "--format=qcow2"]);

    /// <summary>nbdkit's file plugin.</summary>
    public static PeerKind Nbdkit { get; } =
        new("nbdkit", "nbdkit file", "nbdkit", ["--foreground", "--threads=16", "file"]);

    /// <summary>qemu-nbd on a file of a loop-mounted btrfs, a reflink copy made before each point.</summary>
    public static PeerKind Btrfs { get; } =
        new("btrfs", "btrfs reflink", "qemu-nbd", [.. QemuCached, "--format=raw"]);

    /// <summary>qemu-nbd past the page cache: what cold reads are compared with.</summary>
    public static PeerKind Direct { get; } = new(
        "direct", "qemu-nbd cache=none", "qemu-nbd",
        ["--aio=io_uring", "--cache=none", "--persistent", "--shared=16", "--export-name=disk", "--format=raw"]);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<PeerKind> All { get; } = [Raw, Qcow2, Qcow2Extended, Nbdkit, Btrfs, Direct];

    /// <summary>The command line as a report prints it.</summary>
    public string CommandLine => $"{Program} {string.Join(' ', Options)} FILE";
}
