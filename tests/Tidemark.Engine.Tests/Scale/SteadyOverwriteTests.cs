using System.Globalization;
using Tidemark.Engine.Catalog;
using Tidemark.Engine.Format;
using Tidemark.Engine.Stores;

namespace Tidemark.Engine.Tests.Scale;

/// <summary>
/// What space and writes come to when a full disk is overwritten at random, with background work in between.
/// TIDEMARK_OVERWRITE_MIB=1024 makes the disk larger; the figures are in the test's output.
/// </summary>
public sealed class SteadyOverwriteTests(ITestOutputHelper output) : IDisposable
{
    private const int BlocksAtOnce = 16;
    private const int WritesPerStep = 16;
    private const int Rounds = 4;

    private readonly string _folder = Directory.CreateTempSubdirectory("tidemark-overwrite-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(0)]
    [InlineData(40)]
    public void Space_and_writes_stay_within_bounds_under_random_overwrite(int stepsPerSnapshot)
    {
        var blocks = 256L * int.Parse(
            Environment.GetEnvironmentVariable("TIDEMARK_OVERWRITE_MIB") ?? "64", CultureInfo.InvariantCulture);
        using var store = new DirectoryStore(Path.Combine(_folder, "store"), new() { ReserveSizeBytes = 0 });
        var catalog = new MemoryCatalog(Guid.Parse("44a2e0b6-6d0e-4f3c-8a55-0c7d1c0f6a10"));
        using var engine = StorageEngine.Open(store, catalog, new EngineOptions
        {
            Compaction = new() { FreeBytesMin = 0 },
        });
        var disk = engine.CreateDisk("disk-a", 1L << 30, null);
        var writtenBefore = BytesWritten();
        var clientBytes = Overwrite(engine, disk, blocks, stepsPerSnapshot);
        var busySpace = (double)AllocatedBytes(store) / (blocks << Blocks.SizeShift);
        for (var i = 0; i < 100_000 && engine.Step(8 << 20, isIdle: true); i++)
        {
        }

        var writes = (double)(BytesWritten() - writtenBefore) / clientBytes;
        var space = (double)AllocatedBytes(store) / (blocks << Blocks.SizeShift);
        var segments = store.List(StoreArea.Segments).Count;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{clientBytes >> 20} MiB over {blocks >> 8} MiB: space {busySpace:0.00} busy, {space:0.000} idle, ") +
            string.Create(CultureInfo.InvariantCulture,
            $"writes {writes:0.00}, compacted {engine.CompactedBytes >> 20} MiB, {segments} segments"));
        Assert.Empty(engine.Check().Problems);
        Assert.InRange(space, 1, 1.15);
        Assert.InRange(writes, 1, 2.0);
    }

    private static long Overwrite(StorageEngine engine, EngineDisk disk, long blocks, int stepsPerSnapshot)
    {
        var random = new Random(11);
        var payload = new byte[BlocksAtOnce * Blocks.SizeBytes];
        var pieces = new WritePiece[BlocksAtOnce];
        var writes = blocks * Rounds / BlocksAtOnce;
        for (var i = 0L; i < writes; i++)
        {
            random.NextBytes(payload.AsSpan(0, 64));
            for (var k = 0; k < BlocksAtOnce; k++)
            {
                // The first round fills the disk, the others hit it at random.
                var block = i < blocks / BlocksAtOnce ? (i * BlocksAtOnce) + k : random.NextInt64(blocks);
                pieces[k] = new WritePiece(block * Blocks.SizeBytes, k * Blocks.SizeBytes, Blocks.SizeBytes);
            }

            Assert.Equal(IoResult.Done, disk.Write(pieces, payload));
            if (i % WritesPerStep == 0)
            {
                engine.Step(8 << 20, isIdle: false);
            }

            if (stepsPerSnapshot > 0 && i % (WritesPerStep * stepsPerSnapshot) == 0)
            {
                engine.DropNames(engine.Cut(["disk-a"]));
            }
        }

        return writes * payload.Length;
    }

    private static long AllocatedBytes(DirectoryStore store) =>
        new[] { StoreArea.Segments, StoreArea.Index }.Sum(area => store.List(area).Sum(id =>
        {
            using var file = store.Open(area, id, writable: false);
            return file.AllocatedBytes;
        }));

    // All bytes that this process has passed to the system to write.
    private static long BytesWritten() => File.ReadLines("/proc/self/io")
        .Where(line => line.StartsWith("wchar:", StringComparison.Ordinal))
        .Select(line => long.Parse(line.AsSpan(6), CultureInfo.InvariantCulture))
        .First();
}
