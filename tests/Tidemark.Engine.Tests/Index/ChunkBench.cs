using Tidemark.Engine.Catalog;
using Tidemark.Engine.Format;
using Tidemark.Engine.Index;
using Tidemark.Engine.Stores;

namespace Tidemark.Engine.Tests.Index;

/// <summary>A store in memory with chunk files over it.</summary>
internal sealed class ChunkBench : IDisposable
{
    private long _nextChunkId = 1;

    public ChunkBench(long directoryBytesMax = ChunkFiles.DirectoryBytesDefault, int readAheadBytesMax = 256 * 1024)
    {
        Files = new ChunkFiles(Store, ReadSegment, () => _nextChunkId++, directoryBytesMax)
        {
            ReadAheadBytesMax = readAheadBytesMax,
        };
    }

    public ScratchStore Store { get; } = new();

    public ChunkFiles Files { get; }

    /// <summary>Writes flat extents as a run in index files.</summary>
    public ChunkRun WriteRun(long runNumber, ExtentBuffer flat, long layerId = 1)
    {
        using var writer = new ChunkWriter(Files, layerId, runNumber);
        for (var index = 0; index < flat.Count; index++)
            writer.Add(flat[index], flat.Crcs(index));
        return new ChunkRun(runNumber, writer.Finish(), Files);
    }

    /// <summary>Writes flat extents as the footer of a segment that has its records up to an offset.</summary>
    public ChunkRow WriteFooter(long segmentId, long offsetBytes, ExtentBuffer flat, long runNumber = 1)
    {
        using var segment = Store.Create(StoreArea.Segments, segmentId);
        segment.Write(offsetBytes - Blocks.SizeBytes, new byte[Blocks.SizeBytes], []);
        return FooterWriter.Write(segment, offsetBytes, flat, 1, runNumber, (1000, 1001));
    }

    public void Dispose()
    {
        Files.Dispose();
        Store.Dispose();
    }

    private int ReadSegment(long segmentId, long offsetBytes, Span<byte> destination)
    {
        using var segment = Store.Open(StoreArea.Segments, segmentId, false);
        return segment.Read(offsetBytes, destination);
    }
}
