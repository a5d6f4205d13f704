namespace Tidemark.Nbd;

/// <summary>What the clients of an export did, past and present together, at one moment.</summary>
public sealed class ExportFigures
{
    private readonly LatencyHistogram[] _latencies = [new(), new(), new(), new()];

    /// <summary>Connections now.</summary>
    public int ClientCount { get; internal set; }

    /// <summary>Reads.</summary>
    public long ReadCount { get; internal set; }

    /// <summary>Bytes that reads asked for.</summary>
    public long ReadBytes { get; internal set; }

    /// <summary>Writes.</summary>
    public long WriteCount { get; internal set; }

    /// <summary>Bytes that came with writes.</summary>
    public long WrittenBytes { get; internal set; }

    /// <summary>FLUSH requests.</summary>
    public long FlushCount { get; internal set; }

    /// <summary>Trims.</summary>
    public long TrimCount { get; internal set; }

    /// <summary>Write-zeroes requests.</summary>
    public long ZeroCount { get; internal set; }

    /// <summary>Bytes that trims and write-zeroes covered.</summary>
    public long ClearedBytes { get; internal set; }

    /// <summary>Writes, trims and write-zeroes that carried FUA.</summary>
    public long ForcedCount { get; internal set; }

    /// <summary>Requests answered with an I/O error: the storage failed.</summary>
    public long IoErrorCount { get; internal set; }

    /// <summary>Requests answered with "no space".</summary>
    public long NoSpaceCount { get; internal set; }

    /// <summary>Requests answered with any other error: mostly what a client should not have asked.</summary>
    public long RefusedCount { get; internal set; }

    /// <summary>How long the answered requests of a kind took, from their arrival to the reply.</summary>
    public LatencyHistogram LatencyOf(RequestKind kind) => _latencies[(int)kind];

    /// <summary>Adds what another one holds; the clients of now are not added up.</summary>
    internal void Add(ExportFigures other)
    {
        ReadCount += other.ReadCount;
        ReadBytes += other.ReadBytes;
        WriteCount += other.WriteCount;
        WrittenBytes += other.WrittenBytes;
        FlushCount += other.FlushCount;
        TrimCount += other.TrimCount;
        ZeroCount += other.ZeroCount;
        ClearedBytes += other.ClearedBytes;
        ForcedCount += other.ForcedCount;
        IoErrorCount += other.IoErrorCount;
        NoSpaceCount += other.NoSpaceCount;
        RefusedCount += other.RefusedCount;
        for (var kind = 0; kind < _latencies.Length; kind++)
            _latencies[kind].Add(other._latencies[kind]);
    }
}
