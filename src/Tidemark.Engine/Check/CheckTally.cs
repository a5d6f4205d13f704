using Tidemark.Engine.Format;

namespace Tidemark.Engine.Check;

/// <summary>What a check has found so far.</summary>
internal sealed class CheckTally(IProgress<long>? progress)
{
    private const int ProblemsMax = 1000;

    private readonly List<string> _problems = [];
    private byte[] _buffer = new byte[1 << 20];
    private long _blocksVerified;

    /// <summary>Extents walked.</summary>
    public long ExtentsVerified { get; set; }

    /// <summary>Segments on the store.</summary>
    public long SegmentCount { get; set; }

    /// <summary>Bytes allocated on the device.</summary>
    public long AllocatedBytes { get; set; }

    /// <summary>A buffer for so many blocks, valid until the next call.</summary>
    public Span<byte> BufferFor(int blockCount)
    {
        var lengthBytes = blockCount << Blocks.SizeShift;
        if (_buffer.Length < lengthBytes)
        {
            _buffer = new byte[lengthBytes];
        }

        return _buffer.AsSpan(0, lengthBytes);
    }

    /// <summary>Counts blocks that were read.</summary>
    public void AddBlocks(int count)
    {
        _blocksVerified += count;
        progress?.Report(_blocksVerified);
    }

    /// <summary>Keeps a problem; of more than a thousand only the first are kept.</summary>
    public void AddProblem(string text)
    {
        if (_problems.Count < ProblemsMax)
        {
            _problems.Add(text);
        }
    }

    /// <summary>The report.</summary>
    public CheckReport ToReport() => new(_blocksVerified, ExtentsVerified, SegmentCount,
        _blocksVerified << Blocks.SizeShift, AllocatedBytes, _problems);
}
