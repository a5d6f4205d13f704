using BenchmarkDotNet.Attributes;
using Tidemark.Engine.Format;

namespace Tidemark.MicroBenchmarks;

/// <summary>CRC32C of blocks.</summary>
public class ChecksumBenchmarks
{
    private const int BlockBytes = 4096;
    private const int BlockCount = 32;
    private const int Seed = 17;

    private readonly byte[] _data = new byte[BlockCount * BlockBytes];
    private readonly uint[] _checksums = new uint[BlockCount];

    /// <summary>Fills the blocks.</summary>
    public ChecksumBenchmarks()
    {
        new Random(Seed).NextBytes(_data);
        Checksum128KiB();
    }

    /// <summary>The last result, so that none is thrown away unused.</summary>
    public long Sink { get; private set; }

    /// <summary>One block.</summary>
    [Benchmark]
    public void Checksum4KiB() => Sink = Crc32C.Compute(_data.AsSpan(0, BlockBytes));

    /// <summary>32 blocks.</summary>
    [Benchmark]
    public void Checksum128KiB() => Crc32C.ComputeBlocks(_data, _checksums);

    /// <summary>32 blocks against their checksums.</summary>
    [Benchmark]
    public void Verify128KiB() => Sink = Crc32C.FirstMismatch(_data, _checksums);
}
