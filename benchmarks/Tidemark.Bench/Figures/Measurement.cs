namespace Tidemark.Bench.Figures;

/// <summary>What one server did in one run of a workload.</summary>
/// <param name="Iops">Requests a second, reads and writes together.</param>
/// <param name="MiBPerSecond">Bytes a second, reads and writes together.</param>
/// <param name="CpuSecondsPerMillion">Processor time of the server, all threads, for a million requests.</param>
/// <param name="Latency">How long requests took.</param>
internal sealed record Measurement(double Iops, double MiBPerSecond, double CpuSecondsPerMillion, Latency Latency);
