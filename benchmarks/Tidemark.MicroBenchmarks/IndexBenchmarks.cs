using BenchmarkDotNet.Attributes;
using Tidemark.Engine.Index;
using Tidemark.Engine.Stores;

namespace Tidemark.MicroBenchmarks;

/// <summary>Where a block is, by a layer's index: a full chunk of single blocks, in memory and on disk.</summary>
public class IndexBenchmarks : IDisposable
{
    private const int ExtentCount = ChunkWriter.ExtentsPerFileMax;
    private const int Seed = 17;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tidemark-micro-");
    private readonly DirectoryStore _store;
    private readonly ChunkFiles _files;
    private readonly MemoryRun _inMemory;
    private readonly ChunkRun _inChunk;
    private readonly ExtentBuffer _found = new();
    private readonly Random _random = new(Seed);
    private long _lastChunkId;

    /// <summary>Writes the index.</summary>
    public IndexBenchmarks()
    {
        _store = new DirectoryStore(_folder.FullName, new DirectoryStoreOptions { ReserveSizeBytes = 0 });
        _files = new ChunkFiles(_store, (_, _, _) => 0, () => ++_lastChunkId, ChunkFiles.DirectoryBytesDefault);
        var flat = new ExtentBuffer();
        for (var index = 0; index < ExtentCount; index++)
            flat.Add(new Extent(index * 2L, 1, 1, 1 + (index / 8000), 1 + (index % 8000)), [(uint)index]);
        using (var writer = new ChunkWriter(_files, 1, 1))
        {
            for (var index = 0; index < ExtentCount; index++)
                writer.Add(flat[index], flat.Crcs(index));
            _inChunk = new ChunkRun(1, writer.Finish(), _files);
        }

        _inMemory = new MemoryRun(2, flat);
    }

    /// <summary>A random block, in memory.</summary>
    [Benchmark]
    public void LookupInMemory() => Lookup(_inMemory);

    /// <summary>A random block, in a file that is in the page cache; its directory is in memory.</summary>
    [Benchmark]
    public void LookupInChunk() => Lookup(_inChunk);

    /// <inheritdoc/>
    [GlobalCleanup]
    public void Dispose()
    {
        _files.Dispose();
        _store.Dispose();
        _folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    private void Lookup(Run run)
    {
        _found.Clear();
        run.Collect(_random.Next(ExtentCount) * 2L, 1, _found);
        if (_found.Count != 1)
            throw new InvalidOperationException($"The index found {_found.Count} extents; there is one.");
    }
}
