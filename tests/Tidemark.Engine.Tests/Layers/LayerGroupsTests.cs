using Tidemark.Engine.Catalog;
using Tidemark.Engine.Format;
using Tidemark.Engine.Layers;
using Tidemark.Engine.Stores;

namespace Tidemark.Engine.Tests.Layers;

public sealed class LayerGroupsTests
{
    private const long DiskBytes = 1L << 40;
    private const int Neighbourhoods = 40;

    [Fact]
    public void A_region_of_a_thousand_layers_is_resolved_by_asking_few_of_them()
    {
        using var store = new SimulatedStore();
        using var engine = Open(store, Guid.Parse("5a1b52c0-0000-4a3e-9d51-0c1a3f5a7e01"), new EngineOptions());
        var disk = engine.CreateDisk("disk-a", DiskBytes, null);
        for (var i = 0; i < 1000; i++)
        {
            Write(disk, i % Neighbourhoods * 100L * Blocks.RegionBlocks, (byte)i);
            engine.Cut(["disk-a"]);
            if (i % 100 == 99)
            {
                Drain(engine);
            }
        }

        var untouched = 99L * Blocks.RegionBlocks;
        Assert.InRange(CountAsked(engine, disk, untouched), 1000, 1001);
        ReadByte(disk, untouched);
        Drain(engine);

        // Three groups of 256, up to 15 of 16, up to 15 layers that are in none, and the open one.
        Assert.InRange(CountAsked(engine, disk, untouched), 0, 17);
        Assert.InRange(CountAsked(engine, disk, 0), 25, 25 * 16 + 17);
        Assert.InRange(engine.GroupBytes, 1, 1000 * 300);
        for (var i = 0; i < Neighbourhoods; i++)
        {
            Assert.Equal((byte)(960 + i), ReadByte(disk, i * 100L * Blocks.RegionBlocks));
            AssertSame(engine, disk, i * 100L * Blocks.RegionBlocks, $"neighbourhood {i}");
        }
    }

    [Theory]
    [InlineData(1, 2, 32 << 20)]
    [InlineData(2, 3, 32 << 20)]
    [InlineData(3, 4, 32 << 20)]
    [InlineData(4, 2, 4096)]
    [InlineData(5, 3, 1)]
    public void Resolving_through_groups_equals_resolving_layer_by_layer(int seed, int members, long budgetBytes)
    {
        var random = new Random(seed);
        using var store = new SimulatedStore();
        var options = new EngineOptions
        {
            MapBudgetBytes = 1,
            GroupMembers = members,
            GroupBudgetBytes = budgetBytes,
        };
        using var engine = Open(store, Guid.Parse("5a1b52c0-0000-4a3e-9d51-0c1a3f5a7e02"), options);
        var disks = new List<EngineDisk> { engine.CreateDisk("disk-0", DiskBytes, null) };
        var snapshots = new List<long>();
        var most = 0L;
        for (var step = 0; step < 1200; step++)
        {
            Change(engine, random, disks, snapshots);
            if (step % 10 == 0)
            {
                engine.Step(1 << 20, isIdle: random.Next(3) == 0);
                most = Math.Max(most, engine.GroupBytes);
                var disk = disks[random.Next(disks.Count)];
                var block = BlockOf(random);
                AssertSame(engine, disk, block, $"seed {seed}, step {step}, {disk.DiskId}, block {block}");
                AssertMapped(engine, disk, random, $"seed {seed}, step {step}, {disk.DiskId}");
            }
        }

        Assert.InRange(most, budgetBytes < 4096 ? 0 : 1, budgetBytes);
        Assert.Empty(engine.Check().Problems);
    }

    private static void Change(StorageEngine engine, Random random, List<EngineDisk> disks, List<long> snapshots)
    {
        var disk = disks[random.Next(disks.Count)];
        switch (random.Next(100))
        {
            case < 50:
                Write(disk, BlockOf(random), (byte)random.Next(256));
                break;
            case < 56:
                var first = BlockOf(random) << Blocks.SizeShift;
                Assert.Equal(IoResult.Done, disk.Trim(first, Math.Min(random.Next(64) << 22, DiskBytes - first)));
                break;
            case < 82:
                snapshots.Add(engine.Cut([disk.DiskId])[0]);
                break;
            case < 84 when disks.Count < 4 && snapshots.Count > 0:
                var from = snapshots[random.Next(snapshots.Count)];
                disks.Add(engine.CreateDisk($"disk-{disks.Count}", DiskBytes, from));
                break;
            case < 86 when snapshots.Count > 0:
                engine.Rollback(disk.DiskId, snapshots[random.Next(snapshots.Count)]);
                break;
            case < 96 when snapshots.Count > 20:
                var at = random.Next(snapshots.Count);
                engine.DropNames([snapshots[at]]);
                snapshots.RemoveAt(at);
                break;
            default:
                ReadByte(disk, BlockOf(random));
                break;
        }
    }

    private static long BlockOf(Random random) =>
        (random.Next(Neighbourhoods) * 100L * Blocks.RegionBlocks) + random.Next(3 * Blocks.RegionBlocks);

    // Every layer of the chain and every run of it, without asking what any of them touched.
    private static void AssertSame(StorageEngine engine, EngineDisk disk, long block, string because)
    {
        var first = block / Blocks.RegionBlocks * Blocks.RegionBlocks;
        var fill = new RegionFill();
        fill.Reset(first);
        engine.Reader.FillFrom(disk.Log.Head, fill);
        var plain = FillPlainly(engine, disk.Log.Head, first);
        Assert.True(plain.Addresses.SequenceEqual(fill.Addresses), because);
        Assert.True(plain.Crcs.SequenceEqual(fill.Crcs), because);
    }

    private static RegionFill FillPlainly(StorageEngine engine, Layer? layer, long first)
    {
        var plain = new RegionFill();
        plain.Reset(first);
        while (layer is not null)
        {
            var index = engine.IndexOf(layer);
            foreach (var run in index.AllRuns())
            {
                using var cursor = run.OpenCursor(first);
                while (cursor.MoveNext() && cursor.Current.FirstBlock < first + Blocks.RegionBlocks)
                {
                    plain.Add(cursor.Current, cursor.CurrentCrcs);
                }
            }

            layer = index.Parent;
        }

        return plain;
    }

    // What is mapped as data is what resolves to an address.
    private static void AssertMapped(StorageEngine engine, EngineDisk disk, Random random, string because)
    {
        var first = random.Next(Neighbourhoods) * 100L * Blocks.RegionBlocks;
        var count = random.Next(1, 200 * Blocks.RegionBlocks);
        var ranges = new List<BlockRange>();
        disk.MapAllocation(first, count, int.MaxValue, ranges);
        Assert.Equal(count, ranges.Sum(range => range.BlockCount));
        for (var i = 0; i < 20; i++)
        {
            var block = first + random.Next(i % 2 == 0 ? Math.Min(count, 1500) : count);
            var plain = FillPlainly(engine, disk.Log.Head, block / Blocks.RegionBlocks * Blocks.RegionBlocks);
            var isData = plain.Addresses[(int)(block % Blocks.RegionBlocks)] != 0;
            var range = ranges.Find(item => block >= item.FirstBlock && block < item.FirstBlock + item.BlockCount);
            Assert.True(range.IsData == isData, $"{because}: block {block} is {(isData ? "data" : "zero")}");
        }
    }

    private static int CountAsked(StorageEngine engine, EngineDisk disk, long block)
    {
        var count = 0;
        var walk = new ChainWalk(disk.Log.Head, block, Blocks.RegionBlocks, layer =>
        {
            count++;
            return engine.IndexOf(layer);
        });
        while (walk.MoveNext())
        {
        }

        return count;
    }

    private static StorageEngine Open(SimulatedStore store, Guid id, EngineOptions options) =>
        StorageEngine.Open(store, new MemoryCatalog(id), options);

    private static void Drain(StorageEngine engine)
    {
        for (var i = 0; i < 100_000 && engine.Step(1 << 20, isIdle: true); i++)
        {
        }
    }

    private static void Write(EngineDisk disk, long block, byte value)
    {
        var bytes = new byte[Blocks.SizeBytes];
        bytes.AsSpan().Fill(value);
        Assert.Equal(IoResult.Done, disk.Write([new WritePiece(block << Blocks.SizeShift, 0, bytes.Length)], bytes));
    }

    private static byte ReadByte(EngineDisk disk, long block)
    {
        var bytes = new byte[Blocks.SizeBytes];
        Assert.Equal(IoResult.Done, disk.Read(block << Blocks.SizeShift, bytes));
        return bytes[0];
    }
}
