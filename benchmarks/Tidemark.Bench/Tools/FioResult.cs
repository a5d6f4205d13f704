using System.Text.Json;
using Tidemark.Bench.Figures;

namespace Tidemark.Bench.Tools;

/// <summary>What fio reports of a run, reads and writes together.</summary>
/// <param name="Iops">Requests a second.</param>
/// <param name="MiBPerSecond">Bytes a second.</param>
/// <param name="RequestCount">Requests in all; flushes are not counted.</param>
/// <param name="Bytes">Bytes in all.</param>
/// <param name="Latency">How long requests took, from their submission.</param>
internal sealed record FioResult(double Iops, double MiBPerSecond, long RequestCount, long Bytes, Latency Latency)
{
    private const double NanosecondsPerMicrosecond = 1000;

    /// <summary>Reads fio's JSON; what it may have said before is skipped.</summary>
    /// <exception cref="FormatException">There is no result in it.</exception>
    public static FioResult Parse(string output)
    {
        var start = output.IndexOf('{', StringComparison.Ordinal);
        if (start < 0)
            throw new FormatException($"fio answered without JSON: \"{output.Trim()}\".");
        using var document = JsonDocument.Parse(output[start..]);
        var jobs = document.RootElement.GetProperty("jobs");
        if (jobs.GetArrayLength() != 1 || !jobs[0].TryGetProperty("mixed", out var all))
            throw new FormatException($"fio reported {jobs.GetArrayLength()} groups; expected one, mixed.");
        var clat = all.GetProperty("clat_ns");
        return new FioResult(
            all.GetProperty("iops").GetDouble(),
            all.GetProperty("bw_bytes").GetDouble() / (1 << 20),
            all.GetProperty("total_ios").GetInt64(),
            all.GetProperty("io_bytes").GetInt64(),
            new Latency(
                Percentile(clat, "50.000000"), Percentile(clat, "99.000000"), Percentile(clat, "99.900000"),
                clat.GetProperty("max").GetDouble() / NanosecondsPerMicrosecond));
    }

    private static double Percentile(JsonElement clat, string name) =>
        clat.TryGetProperty("percentile", out var all) && all.TryGetProperty(name, out var value)
            ? value.GetDouble() / NanosecondsPerMicrosecond
            : 0;
}
