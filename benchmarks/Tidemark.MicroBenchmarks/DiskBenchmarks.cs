using BenchmarkDotNet.Attributes;
using Tidemark.Engine;
using Tidemark.Engine.Catalog;
using Tidemark.Engine.Stores;

namespace Tidemark.MicroBenchmarks;

/// <summary>
/// The data path of an open disk on a directory store: 64 MiB that are in the map and in the page cache.
/// </summary>
public class DiskBenchmarks : IDisposable
{
    private const int BlockBytes = 4096;
    private const int RunBytes = 128 * 1024;
    private const int AreaBytes = 64 * 1024 * 1024;
    private const int BatchPieces = 16;
    private const int Seed = 17;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tidemark-micro-");
    private readonly DirectoryStore _store;
    private readonly StorageEngine _engine;
    private readonly EngineDisk _disk;
    private readonly byte[] _payload = new byte[RunBytes];
    private readonly WritePiece[] _batch = new WritePiece[BatchPieces];
    private readonly Random _random = new(Seed);

    /// <summary>Opens the disk and fills the area.</summary>
    public DiskBenchmarks()
    {
        _store = new DirectoryStore(_folder.FullName, new DirectoryStoreOptions { ReserveSizeBytes = 0 });
        var catalog = new MemoryCatalog(new Guid(Seed, 0, 0, new byte[8]));
        _engine = StorageEngine.Open(_store, catalog, new EngineOptions());
        _disk = _engine.CreateDisk("disk", StorageEngine.DiskSizeBytesMin, null);
        _random.NextBytes(_payload);
        for (var offset = 0; offset < AreaBytes; offset += RunBytes)
            Expect(_disk.Write([new WritePiece(offset, 0, RunBytes)], _payload));
        for (var offset = 0; offset < AreaBytes; offset += RunBytes)
            Expect(_disk.Read(offset, _payload));
    }

    /// <summary>A random block.</summary>
    [Benchmark]
    public void Read4KiB() => Expect(_disk.Read(Random(BlockBytes), _payload.AsSpan(0, BlockBytes)));

    /// <summary>Neighbouring blocks.</summary>
    [Benchmark]
    public void Read128KiB() => Expect(_disk.Read(Random(RunBytes), _payload));

    /// <summary>A random block.</summary>
    [Benchmark]
    public void Write4KiB() =>
        Expect(_disk.Write([new WritePiece(Random(BlockBytes), 0, BlockBytes)], _payload.AsSpan(0, BlockBytes)));

    /// <summary>Neighbouring blocks.</summary>
    [Benchmark]
    public void Write128KiB() => Expect(_disk.Write([new WritePiece(Random(RunBytes), 0, RunBytes)], _payload));

    /// <summary>What a connection hands over at once: random blocks in one batch.</summary>
    [Benchmark]
    public void WriteBatch()
    {
        for (var index = 0; index < BatchPieces; index++)
            _batch[index] = new WritePiece(Random(BlockBytes), index * BlockBytes, BlockBytes);
        Expect(_disk.Write(_batch, _payload.AsSpan(0, BatchPieces * BlockBytes)));
    }

    /// <summary>A random block made durable.</summary>
    [Benchmark]
    public void WriteAndFlush()
    {
        Write4KiB();
        Expect(_disk.Flush());
    }

    /// <summary>A random block made zero.</summary>
    [Benchmark]
    public void Trim4KiB() => Expect(_disk.Trim(Random(BlockBytes), BlockBytes));

    /// <inheritdoc/>
    [GlobalCleanup]
    public void Dispose()
    {
        _engine.Dispose();
        _store.Dispose();
        _folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    private static void Expect(IoResult result)
    {
        if (result != IoResult.Done)
            throw new InvalidOperationException($"The disk answered {result}.");
    }

    private long Random(int unitBytes) => (long)_random.Next(AreaBytes / unitBytes) * unitBytes;
}
