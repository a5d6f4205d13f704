using Tidemark.Engine.Catalog;
using Tidemark.Engine.Format;
using Tidemark.Engine.Reclaim;
using Tidemark.Engine.Stores;

namespace Tidemark.Engine.Tests.Reclaim;

/// <summary>An engine over a simulated store, with a disk whose blocks say which write they are from.</summary>
internal sealed class CompactionBench : IDisposable
{
    private const long DiskBytes = 1L << 30;

    private readonly MemoryCatalog _catalog = new(Guid.Parse("0d5d7f8e-51c4-4f40-8f0c-4f6b1f6f7a11"));
    private readonly CompactionPolicy _policy;

    public CompactionBench(CompactionPolicy policy, SimulatedStoreOptions? options = null)
    {
        _policy = policy;
        Store = new SimulatedStore(options ?? new SimulatedStoreOptions());
        Engine = Open();
        Disk = Engine.CreateDisk("disk-a", DiskBytes, null);
    }

    /// <summary>Thresholds that a small test can reach.</summary>
    public static CompactionPolicy Eager { get; } = new() { ThinBytesMin = 0, FreeBytesMin = 0 };

    public SimulatedStore Store { get; private set; }

    public MemoryCatalog Catalog => _catalog;

    public StorageEngine Engine { get; private set; }

    public EngineDisk Disk { get; private set; }

    public List<string> Log { get; } = [];

    public Dictionary<long, byte> Content { get; } = [];

    public int SegmentCount => Store.List(StoreArea.Segments).Count;

    public void Dispose()
    {
        Engine.Dispose();
        Store.Dispose();
    }

    public void Write(long block, int count, byte value)
    {
        var payload = new byte[count * Blocks.SizeBytes];
        payload.AsSpan().Fill(value);
        Assert.Equal(IoResult.Done,
            Disk.Write([new WritePiece(block * Blocks.SizeBytes, 0, payload.Length)], payload));
        for (var i = 0; i < count; i++)
        {
            Content[block + i] = value;
        }
    }

    /// <summary>Writes, and ends the segment with a snapshot that is deleted at once.</summary>
    public void WriteSegment(long block, int count, byte value)
    {
        Write(block, count, value);
        Engine.DropNames(Engine.Cut(["disk-a"]));
    }

    public void Drain(long budgetBytes = long.MaxValue)
    {
        for (var i = 0; i < 100_000; i++)
        {
            if (!Engine.Step(budgetBytes, isIdle: true))
            {
                return;
            }
        }

        Assert.Fail("Background work does not come to an end.");
    }

    public IoResult Read(long block, out byte[] bytes)
    {
        bytes = new byte[Blocks.SizeBytes];
        return Disk.Read(block * Blocks.SizeBytes, bytes);
    }

    public void RequireContent()
    {
        foreach (var (block, value) in Content)
        {
            Assert.Equal(IoResult.Done, Read(block, out var bytes));
            Assert.False(bytes.AsSpan().ContainsAnyExcept(value), $"Block {block} is not {value}: {bytes[0]}");
        }
    }

    public void RequireSound()
    {
        RequireContent();
        var report = Engine.Check();
        Assert.Empty(report.Problems);
        Assert.Equal(Content.Count, report.BlocksVerified);
    }

    public void Crash(CrashKind kind)
    {
        Store = Store.Crash(kind, new Random(5));
        Engine = Open();
        Disk = Engine.OpenDisk("disk-a");
    }

    /// <summary>Where the block is, in the only file that has its bytes.</summary>
    public (long SegmentId, long Offset) Find(byte value)
    {
        var block = new byte[Blocks.SizeBytes];
        foreach (var id in Store.List(StoreArea.Segments))
        {
            using var file = Store.Open(StoreArea.Segments, id, writable: false);
            for (var offset = 0L; offset < file.LengthBytes; offset += block.Length)
            {
                if (file.Read(offset, block) == block.Length && !block.AsSpan().ContainsAnyExcept(value))
                {
                    return (id, offset);
                }
            }
        }

        throw new InvalidOperationException($"No segment has a block of {value}.");
    }

    private StorageEngine Open() => StorageEngine.Open(Store, _catalog, new EngineOptions
    {
        Compaction = _policy,
        Log = message => Log.Add(message.Text),
    });
}
