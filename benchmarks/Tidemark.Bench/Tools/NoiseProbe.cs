using System.Diagnostics;
using Tidemark.Bench.Figures;

namespace Tidemark.Bench.Tools;

/// <summary>Fixed work whose time tells whether the machine is busy with something else.</summary>
/// <param name="folder">Where the sync probe appends: the file system under measurement.</param>
internal sealed class NoiseProbe(string folder) : IDisposable
{
    private const int BufferBytes = 8 << 20;
    private const int PassCount = 6;
    private const int SyncCount = 5;
    private const int BlockBytes = 4096;

    private readonly byte[][] _buffers =
        [.. Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new byte[BufferBytes])];

    private readonly FileStream _file = new(
        Path.Combine(folder, "probe"), FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);

    /// <summary>Runs both probes.</summary>
    public Noise Measure() => new(ComputeMs(), Quantile.Median(Enumerable.Range(0, SyncCount).Select(_ => SyncMs())));

    /// <summary>One 4 KiB append and fdatasync.</summary>
    public double SyncMs()
    {
        var started = Stopwatch.GetTimestamp();
        _file.Write(new byte[BlockBytes]);
        _file.Flush(flushToDisk: true);
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private double ComputeMs()
    {
        var started = Stopwatch.GetTimestamp();
        var threads = _buffers.Select(buffer => new Thread(() => Compute(buffer))).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    private static void Compute(byte[] buffer)
    {
        var state = 17u;
        for (var pass = 0; pass < PassCount; pass++)
        {
            for (var index = 0; index < buffer.Length; index += sizeof(ulong))
            {
                state = (state * 1664525) + buffer[index] + 1013904223;
                buffer[index] = (byte)(state >> 24);
            }
        }
    }
}
