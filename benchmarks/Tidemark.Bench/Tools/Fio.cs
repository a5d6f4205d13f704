using System.Globalization;

namespace Tidemark.Bench.Tools;

/// <summary>Runs fio with its own NBD client.</summary>
internal static class Fio
{
    /// <summary>Writes an area once, in order, and flushes.</summary>
    public static Task FillAsync(string uri, int sizeMiB) => CommandRun.OutputAsync(
        "fio", [.. Common([uri]), "--rw=write", "--bs=1m", "--iodepth=4", $"--size={sizeMiB}m", "--end_fsync=1"]);

    /// <summary>Overwrites an area at random, so many times its size, and flushes.</summary>
    public static Task OverwriteAsync(string uri, int sizeMiB, double times) => CommandRun.OutputAsync(
        "fio",
        [
            .. Common([uri]), "--rw=randwrite", "--bs=4k", "--iodepth=32", "--norandommap", $"--size={sizeMiB}m",
            Text($"--io_size={sizeMiB * times:0}m"), "--end_fsync=1",
        ]);

    /// <summary>Runs a workload for a time on an area from the start of the disk.</summary>
    public static Task<FioResult> RunAsync(string uri, Workload work, int sizeMiB, double seconds) =>
        RunAsync([uri], work, sizeMiB, seconds);

    /// <summary>The same on several disks at once; the result is that of all together.</summary>
    public static async Task<FioResult> RunAsync(
        IReadOnlyList<string> uris, Workload work, int sizeMiB, double seconds) =>
        FioResult.Parse(await CommandRun.OutputAsync("fio", Arguments(uris, work, sizeMiB, seconds)));

    /// <summary>Touches so many bytes instead of running for a time.</summary>
    public static async Task<FioResult> RunBytesAsync(string uri, Workload work, long areaMiB, int bytesMiB) =>
        FioResult.Parse(await CommandRun.OutputAsync(
            "fio", [.. Work([uri], work, areaMiB), $"--io_size={bytesMiB}m", "--end_fsync=1"]));

    /// <summary>Starts a load that lasts until it is disposed.</summary>
    public static FioLoad StartLoad(IReadOnlyList<string> uris, Workload work, int sizeMiB) =>
        new(CommandRun.Start("fio", Arguments(uris, work, sizeMiB, FioLoad.SecondsMax)));

    /// <summary>The command line.</summary>
    internal static IReadOnlyList<string> Arguments(
        IReadOnlyList<string> uris, Workload work, int sizeMiB, double seconds) =>
        [.. Work(uris, work, sizeMiB), Text($"--runtime={seconds * 1000:0}ms"), "--time_based"];

    private static IEnumerable<string> Work(IReadOnlyList<string> uris, Workload work, long sizeMiB)
    {
        string[] all =
        [
            $"--rw={work.Pattern}", $"--bs={work.BlockSize}", $"--iodepth={work.Depth}", $"--size={sizeMiB}m",
            $"--numjobs={work.Connections}",
        ];
        var arguments = new List<string>(all);
        if (work.Pattern == "randrw")
            arguments.Add($"--rwmixread={work.ReadPercent}");
        if (work.IsSyncing)
            arguments.Add("--fsync=1");
        if (work.RateIops > 0)
            arguments.Add($"--rate_iops={work.RateIops}");
        if (!work.IsEachBlockOnce)
            arguments.Add("--norandommap");
        return Common(uris, arguments);
    }

    private static IEnumerable<string> Common(IReadOnlyList<string> uris, IReadOnlyList<string>? shared = null) =>
    [
        "--ioengine=nbd", "--thread", "--group_reporting", "--unified_rw_reporting=mixed", "--output-format=json",
        "--randrepeat=1", .. shared ?? [], .. uris.SelectMany((uri, index) =>
            new[] { $"--name=disk{index}", $"--uri={uri}" }),
    ];

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
