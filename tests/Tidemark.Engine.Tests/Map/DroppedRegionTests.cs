using Tidemark.Engine.Map;

namespace Tidemark.Engine.Tests.Map;

public sealed class DroppedRegionTests
{
    private const long View = 7;

    private readonly long[] _addresses = new long[RegionMap.RegionBlocks];
    private readonly uint[] _crcs = new uint[RegionMap.RegionBlocks];

    [Fact]
    public void A_dropped_region_is_resolved_again()
    {
        using var map = new RegionMap(1 << 20);
        Resolve(map, 100);
        map.Drop(View, 5);

        Assert.False(map.TryGet(View, 0, _addresses, _crcs));
        Resolve(map, 200);
        Assert.True(map.TryGet(View, 0, _addresses, _crcs));
        Assert.All(_addresses, address => Assert.Equal(200, address));
    }

    [Fact]
    public void A_resolve_that_a_drop_overtook_brings_nothing_back()
    {
        using var map = new RegionMap(1 << 20);
        Assert.True(map.BeginResolve(View, 0));
        map.SetData(View, 3, 900, [1]);
        map.Drop(View, 0);
        map.SetData(View, 4, 901, [2]);
        Array.Fill(_addresses, 100);
        map.EndResolve(View, 0, _addresses, _crcs);

        // The resolver itself gets what was written since; what it read before the drop is not kept.
        Assert.Equal(901, _addresses[4]);
        Assert.Equal(100, _addresses[3]);
        Assert.False(map.TryGet(View, 3, _addresses.AsSpan(0, 1), _crcs.AsSpan(0, 1)));
        Assert.True(map.TryGet(View, 4, _addresses.AsSpan(0, 1), _crcs.AsSpan(0, 1)));
        Assert.Equal(901, _addresses[0]);
    }

    [Fact]
    public void Dropping_what_is_not_cached_does_nothing()
    {
        using var map = new RegionMap(1 << 20);
        map.Drop(View, 0);

        Assert.False(map.TryGet(View, 0, _addresses, _crcs));
    }

    private void Resolve(RegionMap map, long address)
    {
        Assert.True(map.BeginResolve(View, 0));
        Array.Fill(_addresses, address);
        map.EndResolve(View, 0, _addresses, _crcs);
    }
}
