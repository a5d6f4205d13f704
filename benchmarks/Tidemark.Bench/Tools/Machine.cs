using System.Globalization;

namespace Tidemark.Bench.Tools;

/// <summary>Where the figures come from.</summary>
/// <param name="Kernel">The kernel's release.</param>
/// <param name="Processors">How many, and which.</param>
/// <param name="Memory">How much.</param>
/// <param name="FileSystem">The file system of product and peers, with its options.</param>
/// <param name="Versions">The programs that took part.</param>
internal sealed record Machine(
    string Kernel, string Processors, string Memory, string FileSystem, IReadOnlyList<string> Versions)
{
    private const double KiBPerGiB = 1 << 20;

    /// <summary>Asks the machine.</summary>
    public static async Task<Machine> DescribeAsync(string folder) => new(
        (await File.ReadAllTextAsync("/proc/sys/kernel/osrelease")).Trim(),
        $"{Environment.ProcessorCount} × {FieldOf("/proc/cpuinfo", "model name")}",
        MemoryText(),
        await CommandRun.FirstLineAsync("findmnt", "-n", "-r", "-o", "FSTYPE,OPTIONS", "-T", folder),
        [
            await CommandRun.FirstLineAsync("qemu-nbd", "--version"),
            await CommandRun.FirstLineAsync("nbdkit", "--version"),
            await CommandRun.FirstLineAsync("fio", "--version"),
            await CommandRun.FirstLineAsync("nbdcopy", "--version"),
            await CommandRun.FirstLineAsync("mkfs.btrfs", "--version"),
            $".NET {Environment.Version}",
        ]);

    /// <summary>A field of one of the kernel's text files: <c>name : value</c>.</summary>
    public static string FieldOf(string file, string name) => File.ReadLines(file)
        .Select(line => line.Split(':', 2))
        .Where(parts => parts.Length == 2 && parts[0].Trim() == name)
        .Select(parts => parts[1].Trim())
        .FirstOrDefault("");

    private static string MemoryText()
    {
        var kiB = long.Parse(FieldOf("/proc/meminfo", "MemTotal").Split(' ')[0], CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture, $"{kiB / KiBPerGiB:0.0} GiB");
    }
}
