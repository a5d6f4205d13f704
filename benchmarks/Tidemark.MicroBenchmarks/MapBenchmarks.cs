using BenchmarkDotNet.Attributes;
using Tidemark.Engine.Map;

namespace Tidemark.MicroBenchmarks;

/// <summary>The map in memory: 1 GiB of a disk, all of it known.</summary>
public class MapBenchmarks : IDisposable
{
    private const long BudgetBytes = 64 << 20;
    private const int BlockCount = 1 << 18;
    private const int RunBlocks = 32;
    private const int Seed = 17;

    private readonly RegionMap _map = new(BudgetBytes);
    private readonly Random _random = new(Seed);
    private readonly long[] _addresses = new long[RegionMap.RegionBlocks];
    private readonly uint[] _checksums = new uint[RegionMap.RegionBlocks];
    private readonly long _viewId;

    /// <summary>Fills the map.</summary>
    public MapBenchmarks()
    {
        _viewId = _map.NewViewId();
        for (var block = 0L; block < BlockCount; block += RegionMap.RegionBlocks)
        {
            _map.SetData(_viewId, block, BlockAddress.Of(1 + (block / RegionMap.RegionBlocks), 1), _checksums);
            LookupAt(block, RegionMap.RegionBlocks);
        }
    }

    /// <summary>One random block.</summary>
    [Benchmark]
    public void Lookup() => LookupAt(_random.Next(BlockCount), 1);

    /// <summary>32 neighbours.</summary>
    [Benchmark]
    public void LookupRun() => LookupAt((long)_random.Next(BlockCount / RunBlocks) * RunBlocks, RunBlocks);

    /// <summary>One random block gets a new place.</summary>
    [Benchmark]
    public void Set() =>
        _map.SetData(_viewId, _random.Next(BlockCount), BlockAddress.Of(1, 1), _checksums.AsSpan(0, 1));

    /// <inheritdoc/>
    [GlobalCleanup]
    public void Dispose()
    {
        _map.Dispose();
        GC.SuppressFinalize(this);
    }

    private void LookupAt(long block, int count)
    {
        if (!_map.TryGet(_viewId, block, _addresses.AsSpan(0, count), _checksums.AsSpan(0, count)))
            throw new InvalidOperationException($"Block {block} is not in the map.");
    }
}
