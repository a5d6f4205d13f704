using System.Diagnostics;
using System.Text.Json;

namespace Tidemark.Bench;

/// <summary>Runs fio with its own NBD client.</summary>
internal static class Fio
{
    /// <summary>Writes an area once, in order.</summary>
    public static async Task FillAsync(string uri, int sizeMiB) => await RunAsync(
        [.. Common(uri), "--rw=write", "--bs=1m", "--iodepth=4", $"--size={sizeMiB}m", "--end_fsync=1"]);

    /// <summary>Runs a workload for a time on an area from the start of the disk.</summary>
    public static async Task<FioResult> RunAsync(string uri, Workload work, int sizeMiB, int seconds)
    {
        using var answer = await RunAsync(
        [
            .. Common(uri), $"--rw={work.Pattern}", $"--bs={work.BlockSize}", $"--iodepth={work.Depth}",
            $"--size={sizeMiB}m", $"--runtime={seconds}", "--time_based", "--ramp_time=1",
        ]);
        var job = answer.RootElement.GetProperty("jobs")[0];
        var direction = job.GetProperty(work.Pattern.EndsWith("read", StringComparison.Ordinal) ? "read" : "write");
        var percentiles = direction.GetProperty("clat_ns").GetProperty("percentile");
        return new FioResult(
            direction.GetProperty("iops").GetDouble(),
            direction.GetProperty("total_ios").GetDouble(),
            percentiles.GetProperty("99.000000").GetDouble() / 1000);
    }

    private static string[] Common(string uri) =>
    [
        "--name=bench", "--ioengine=nbd", $"--uri={uri}", "--output-format=json", "--randrepeat=1", "--norandommap",
        "--refill_buffers",
    ];

    private static async Task<JsonDocument> RunAsync(string[] arguments)
    {
        var start = new ProcessStartInfo("fio") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start) ?? throw new InvalidOperationException("fio did not start.");
        var errors = process.StandardError.ReadToEndAsync();
        var answer = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"fio failed: {await errors}");
        // fio may say something before its JSON begins.
        return JsonDocument.Parse(answer[answer.IndexOf('{', StringComparison.Ordinal)..]);
    }
}
