using System.Buffers.Binary;
using Tidemark.Engine.Catalog;
using Tidemark.Engine.Format;
using Tidemark.Engine.Stores;

namespace Tidemark.Engine.Tests.Reclaim;

/// <summary>
/// Readers, writers, cuts, clones and deletions beside background steps that compact all the time. A block
/// holds its number and a version; whoever reads it finds its number, and a version not older than one seen before.
/// </summary>
public sealed class CompactionBesideClientsTests
{
    private const long DiskBytes = 1L << 30;
    private const int BlockCount = 3000;
    private const int Rounds = 40;

    private readonly long[] _newest = new long[BlockCount];
    private readonly List<string> _problems = [];
    private volatile bool _isOver;

    [Fact]
    public void Nobody_reads_anything_but_what_was_written()
    {
        using var store = new SimulatedStore();
        var catalog = new MemoryCatalog(Guid.Parse("5a1f6a0e-30c1-4b9b-9f0c-6f7b1f6f7a22"));
        using var engine = StorageEngine.Open(store, catalog, new EngineOptions
        {
            MapBudgetBytes = 64 << 20,
            Compaction = CompactionBench.Eager with { LivePercentMin = 80, SmallCountMin = 2 },
        });
        var disk = engine.CreateDisk("disk-a", DiskBytes, null);
        Thread[] threads =
        [
            new(() => Guarded(() => Write(disk))),
            new(() => Guarded(() => Read(disk, 1))),
            new(() => Guarded(() => Read(disk, 2))),
            new(() => Guarded(() => Step(engine))),
        ];
        Array.ForEach(threads, thread => thread.Start());
        Guarded(() => Snapshots(engine));
        _isOver = true;
        Array.ForEach(threads, thread => thread.Join());

        Assert.Empty(_problems);
        Assert.True(engine.CompactedBytes > 0);
        for (var i = 0; i < 100_000 && engine.Step(long.MaxValue, isIdle: true); i++)
        {
        }

        Assert.Empty(engine.Check().Problems);
        for (var block = 0; block < BlockCount; block++)
        {
            Assert.Equal(_newest[block], VersionOf(disk, block));
        }
    }

    private void Write(EngineDisk disk)
    {
        var random = new Random(3);
        var payload = new byte[8 * Blocks.SizeBytes];
        for (var version = 1L; !_isOver; version++)
        {
            var first = random.Next(BlockCount - 8);
            for (var i = 0; i < 8; i++)
            {
                var bytes = payload.AsSpan(i * Blocks.SizeBytes, Blocks.SizeBytes);
                BinaryPrimitives.WriteInt64LittleEndian(bytes, first + i);
                BinaryPrimitives.WriteInt64LittleEndian(bytes[8..], version);
            }

            var piece = new WritePiece((long)first * Blocks.SizeBytes, 0, payload.Length);
            Require(disk.Write([piece], payload) == IoResult.Done, "a write failed");
            for (var i = 0; i < 8; i++)
            {
                Volatile.Write(ref _newest[first + i], version);
            }
        }
    }

    private void Read(EngineDisk disk, int seed)
    {
        var random = new Random(seed);
        while (!_isOver)
        {
            var block = random.Next(BlockCount);
            var answered = Volatile.Read(ref _newest[block]);
            var found = VersionOf(disk, block);
            Require(found >= answered, $"block {block} has version {found}, answered was {answered}");
        }
    }

    private void Step(StorageEngine engine)
    {
        for (var i = 0; !_isOver; i++)
        {
            engine.Step(i % 3 == 0 ? 1 << 20 : 40_000, isIdle: i % 2 == 0);
        }
    }

    // A snapshot, and a clone of it, read the same until they are gone.
    private void Snapshots(StorageEngine engine)
    {
        var expected = new long[BlockCount];
        for (var round = 0; round < Rounds; round++)
        {
            var layer = engine.Cut(["disk-a"])[0];
            var clone = engine.CreateDisk($"clone-{round}", DiskBytes, layer);
            using (var view = engine.OpenView(layer))
            {
                for (var block = 0; block < BlockCount; block += 7)
                {
                    expected[block] = VersionOf(view, block);
                }

                engine.DropNames([layer]);
                for (var block = 0; block < BlockCount; block += 7)
                {
                    Require(VersionOf(clone, block) == expected[block], $"the clone differs at block {block}");
                    Require(VersionOf(view, block) == expected[block], $"the snapshot differs at block {block}");
                }
            }

            engine.DropDisk($"clone-{round}");
        }
    }

    private static long VersionOf(ReadableDisk disk, int block)
    {
        var bytes = new byte[Blocks.SizeBytes];
        var result = disk.Read((long)block * Blocks.SizeBytes, bytes);
        Require(result == IoResult.Done, $"reading block {block} ended as {result}");
        var version = BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(8));
        var number = BinaryPrimitives.ReadInt64LittleEndian(bytes);
        Require(version == 0 || number == block, $"block {block} reads as block {number}");
        return version;
    }

    private void Guarded(Action work)
    {
        try
        {
            work();
        }
        catch (Exception e)
        {
            lock (_problems)
            {
                _problems.Add(e.ToString());
            }

            _isOver = true;
        }
    }

    private static void Require(bool condition, string message)
    {
        if (!condition)
        {
            throw new InvalidOperationException(message);
        }
    }
}
