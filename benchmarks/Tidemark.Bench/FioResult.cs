namespace Tidemark.Bench;

/// <summary>What fio reports of a run.</summary>
/// <param name="Iops">Requests a second, the warm-up left out.</param>
/// <param name="RequestCount">Requests in all, the warm-up left out.</param>
/// <param name="LatencyP99Microseconds">The latency that one request in a hundred exceeds.</param>
internal sealed record FioResult(double Iops, double RequestCount, double LatencyP99Microseconds);
