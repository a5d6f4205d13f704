using System.Diagnostics;
using System.Globalization;

namespace Tidemark.Api.Metrics;

/// <summary>What the process takes of the machine, asked of the runtime and the kernel at each scrape.</summary>
internal static class ProcessFigures
{
    private const string OpenFilesFolder = "/proc/self/fd";
    private const string StatusFile = "/proc/self/status";
    private const string ThreadsLine = "Threads:";
    private static readonly double StartSeconds = ReadStart();

    /// <summary>Writes them.</summary>
    public static void Write(PrometheusText text)
    {
        text.Single(MetricTable.ProcessCpu, Environment.CpuUsage.TotalTime.TotalSeconds);
        text.Single(MetricTable.ProcessResident, Environment.WorkingSet);
        text.Single(MetricTable.ProcessStart, StartSeconds);
        text.Single(MetricTable.ProcessThreads, ThreadCount());
        if (Directory.Exists(OpenFilesFolder))
            text.Single(MetricTable.ProcessOpenFiles, Directory.EnumerateFileSystemEntries(OpenFilesFolder).Count());
        text.Begin(MetricTable.GcCollections);
        for (var generation = 0; generation <= GC.MaxGeneration; generation++)
        {
            var label = PrometheusText.Label("generation", generation.ToString(CultureInfo.InvariantCulture));
            text.Sample(label, GC.CollectionCount(generation));
        }

        text.Single(MetricTable.GcPauses, GC.GetTotalPauseDuration().TotalSeconds);
        text.Single(MetricTable.GcHeap, GC.GetTotalMemory(forceFullCollection: false));
        text.Single(MetricTable.GcAllocated, GC.GetTotalAllocatedBytes());
    }

    private static double ReadStart()
    {
        using var process = Process.GetCurrentProcess();
        return new DateTimeOffset(process.StartTime.ToUniversalTime()).ToUnixTimeMilliseconds() / 1000.0;
    }

    private static int ThreadCount()
    {
        if (File.Exists(StatusFile))
        {
            foreach (var line in File.ReadLines(StatusFile))
            {
                if (!line.StartsWith(ThreadsLine, StringComparison.Ordinal))
                    continue;
                var number = line.AsSpan(ThreadsLine.Length).Trim();
                return int.Parse(number, NumberStyles.None, CultureInfo.InvariantCulture);
            }
        }

        using var process = Process.GetCurrentProcess();
        return process.Threads.Count;
    }
}
