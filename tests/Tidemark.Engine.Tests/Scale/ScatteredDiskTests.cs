using System.Diagnostics;
using System.Globalization;
using Tidemark.Engine.Catalog;
using Tidemark.Engine.Format;
using Tidemark.Engine.Index;
using Tidemark.Engine.Stores;

namespace Tidemark.Engine.Tests.Scale;

/// <summary>
/// A disk of 16 TiB whose index holds extents scattered over all of it, built through the index and not by writing
/// them. TIDEMARK_SCALE_EXTENTS=16777216 makes it 64 GiB; the figures are in the test's output.
/// </summary>
public sealed class ScatteredDiskTests(ITestOutputHelper output) : IDisposable
{
    private const long DiskBytes = 16L << 40;
    private const long DiskBlocks = DiskBytes / Blocks.SizeBytes;

    private readonly string _folder = Directory.CreateTempSubdirectory("tidemark-scale-").FullName;
    private readonly MemoryCatalog _catalog = new(Guid.Parse("5b1c9a50-53aa-4d1f-8f55-0c7d1c0f6a10"));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_scattered_disk_of_16_TiB_opens_without_reading_its_index()
    {
        var extents = ExtentCount();
        Build(extents);

        var clock = Stopwatch.StartNew();
        using var store = new DirectoryStore(Path.Combine(_folder, "store"), new() { ReserveSizeBytes = 0 });
        using var engine = StorageEngine.Open(store, _catalog, new EngineOptions());
        var disk = engine.OpenDisk("disk-a");
        var bytes = new byte[Blocks.SizeBytes];
        var block = BlockOf(extents / 2, extents);
        Assert.Equal(IoResult.Done, disk.Read(block * Blocks.SizeBytes, bytes));
        var first = clock.Elapsed;

        Assert.All(bytes, value => Assert.Equal(0x5A, value));
        Assert.Equal(IoResult.Done, disk.Read((block + 1) * Blocks.SizeBytes, bytes));
        Assert.All(bytes, value => Assert.Equal(0, value));
        Assert.True(engine.Statistics.MapBytes < 1 << 20,
            $"The map took {engine.Statistics.MapBytes} bytes for one region.");
        var residentMiB = Environment.WorkingSet >> 20;
        output.WriteLine(FormattableString.Invariant(
            $"{extents} extents: open and first read {first.TotalMilliseconds:0.0} ms, resident {residentMiB} MiB"));
    }

    [Fact]
    public void Changed_blocks_of_1_TiB_are_those_of_the_layers_in_between()
    {
        const long Bytes = 1L << 40;
        var extents = ExtentCount();
        var data = new byte[Blocks.SizeBytes];
        long first, second;
        using (var store = new DirectoryStore(Path.Combine(_folder, "store"), new() { ReserveSizeBytes = 0 }))
        {
            using (var engine = StorageEngine.Open(store, _catalog, new EngineOptions()))
            {
                var disk = engine.CreateDisk("disk-a", Bytes, null);
                Assert.Equal(IoResult.Done, disk.Write([new WritePiece(0, 0, data.Length)], data));
                first = engine.Cut(["disk-a"])[0];
                second = engine.Cut(["disk-a"])[0];
            }

            AddIndex(store, first, Bytes / Blocks.SizeBytes, extents, data);
            AddIndex(store, second, Bytes / Blocks.SizeBytes, extents, data);
        }

        using (var store = new DirectoryStore(Path.Combine(_folder, "store"), new() { ReserveSizeBytes = 0 }))
        {
            using var engine = StorageEngine.Open(store, _catalog, new EngineOptions());
            Assert.Equal(extents - 1, engine.Changed(first, second).Sum(range => range.BlockCount));
            var clock = Stopwatch.StartNew();
            var before = Environment.CpuUsage.TotalTime;
            Assert.Equal(extents - 1, engine.Changed(first, second).Count());
            var (took, cpu) = (clock.Elapsed, Environment.CpuUsage.TotalTime - before);
            var page = engine.Changed(first, second, startBlock: Bytes / Blocks.SizeBytes / 2).Take(1000).Count();
            Assert.Equal(Math.Min(1000, extents / 2), page);
            output.WriteLine(FormattableString.Invariant(
                $"{extents} changed of 1 TiB: {took.TotalMilliseconds:0} ms, CPU {cpu.TotalMilliseconds:0} ms"));
        }
    }

    [Fact]
    public void Random_writes_all_over_16_TiB_stay_within_the_map_budget()
    {
        const long Budget = 16 << 20;
        using var store = new SimulatedStore();
        using var engine = StorageEngine.Open(store, _catalog, new EngineOptions { MapBudgetBytes = Budget });
        var disk = engine.CreateDisk("disk-a", DiskBytes, null);
        var random = new Random(7);
        var payload = new byte[Blocks.SizeBytes];
        var written = new Dictionary<long, byte>();
        for (var i = 0; i < 20_000; i++)
        {
            var block = random.NextInt64(DiskBlocks);
            payload.AsSpan().Fill((byte)i);
            {
                var piece = new WritePiece(block * Blocks.SizeBytes, 0, payload.Length);
                Assert.Equal(IoResult.Done, disk.Write([piece], payload));
            }

            written[block] = (byte)i;
            engine.Step(1 << 20, isIdle: false);
        }

        foreach (var (block, value) in written.Where((_, index) => index % 50 == 0))
        {
            Assert.Equal(IoResult.Done, disk.Read(block * Blocks.SizeBytes, payload));
            Assert.Equal(value, payload[17]);
        }

        Assert.InRange(engine.Statistics.MapBytes, 1, Budget * 5 / 4);
    }

    private static int ExtentCount() => int.Parse(
        Environment.GetEnvironmentVariable("TIDEMARK_SCALE_EXTENTS") ?? "262144", CultureInfo.InvariantCulture);

    private static long BlockOf(int index, int extentCount) => DiskBlocks / extentCount * index;

    // One real block of data; every extent of the index refers to it.
    private void Build(int extentCount)
    {
        using var store = new DirectoryStore(Path.Combine(_folder, "store"), new() { ReserveSizeBytes = 0 });
        var data = new byte[Blocks.SizeBytes];
        data.AsSpan().Fill(0x5A);
        using (var engine = StorageEngine.Open(store, _catalog, new EngineOptions()))
        {
            var disk = engine.CreateDisk("disk-a", DiskBytes, null);
            Assert.Equal(IoResult.Done, disk.Write([new WritePiece(0, 0, data.Length)], data));
        }

        AddIndex(store, _catalog.LoadLayers().Single().LayerId, DiskBlocks, extentCount, data);
    }

    private void AddIndex(DirectoryStore store, long layerId, long diskBlocks, int extentCount, byte[] data)
    {
        var nextId = 1_000_000L * (layerId + 1);
        using var files = new ChunkFiles(store, (_, _, _) => 0, () => nextId++);
        using var writer = new ChunkWriter(files, layerId, runNumber: 0);
        uint[] crc = [Crc32C.Compute(data)];
        var segmentId = _catalog.LoadSegments().Single().SegmentId;
        for (var i = 1; i < extentCount; i++)
        {
            writer.Add(new Extent(diskBlocks / extentCount * i, 1, 1, segmentId, 2), crc);
        }

        var rows = writer.Finish();
        _catalog.Commit(transaction =>
        {
            foreach (var row in rows)
            {
                transaction.Put(row);
            }
        });
    }
}
