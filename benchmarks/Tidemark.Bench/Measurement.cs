namespace Tidemark.Bench;

/// <summary>What one run of a workload came to.</summary>
/// <param name="Iops">Requests a second.</param>
/// <param name="ServerCpuMicroseconds">Processor time of the server for each request.</param>
/// <param name="LatencyP99Microseconds">The latency that one request in a hundred exceeds.</param>
internal sealed record Measurement(double Iops, double ServerCpuMicroseconds, double LatencyP99Microseconds);
