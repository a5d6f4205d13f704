
namespace Tidemark.Engine.Map;

/// <summary>
/// The map in memory: for each block of a view, where its data is and its checksum. A cache, never the truth; it holds
/// regions of 512 blocks in unmanaged memory under one budget for all views, spread over shards that each evict by a
/// clock.
/// </summary>
/// <remarks>
/// Invariant: an entry whose known bit is set equals what the view's layers say, because a write first enters the
/// layer's extents and then the map, and a resolve fills only entries that no write has set since it began.
/// </remarks>
internal sealed class RegionMap : IDisposable
{
    /// <summary>Blocks in a region: 2 MiB of a disk.</summary>
    public const int RegionBlocks = 512;

    private const int ShardCount = 64;
    private const int RegionsPerShardMin = 32;

    private readonly MapShard[] _shards = new MapShard[ShardCount];
    private long _lastViewId;

    /// <summary>Makes a map that takes at most about <paramref name="budgetBytes"/> of unmanaged memory.</summary>
    public RegionMap(long budgetBytes)
    {
        var regionsPerShard = budgetBytes / ShardCount / MapShard.RegionBytes;
        var capacity = (int)Math.Clamp(regionsPerShard, RegionsPerShardMin, 1 << 22);
        for (var i = 0; i < ShardCount; i++)
        {
            _shards[i] = new MapShard(capacity);
        }
    }

    /// <summary>Unmanaged bytes in use.</summary>
    public long UsedBytes
    {
        get
        {
            var total = 0L;
            foreach (var shard in _shards)
            {
                total += shard.UsedBytes;
            }

            return total;
        }
    }

    /// <summary>A number for a new view. Views that are gone are never named again; their regions age out.</summary>
    public long NewViewId() => Interlocked.Increment(ref _lastViewId);

    /// <summary>
    /// Copies the entries of blocks that lie in one region; false when the region is not cached or one of them is
    /// unknown.
    /// </summary>
    public bool TryGet(long viewId, long firstBlock, Span<long> addresses, Span<uint> crcs)
    {
        var key = KeyOf(viewId, firstBlock);
        return ShardOf(key).TryGet(key, (int)(firstBlock % RegionBlocks), addresses, crcs);
    }

    /// <summary>Records a write of consecutive slots from <paramref name="firstAddress"/> on.</summary>
    public void SetData(long viewId, long firstBlock, long firstAddress, ReadOnlySpan<uint> crcs)
    {
        while (crcs.Length > 0)
        {
            var index = (int)(firstBlock % RegionBlocks);
            var count = Math.Min(RegionBlocks - index, crcs.Length);
            var key = KeyOf(viewId, firstBlock);
            ShardOf(key).SetData(key, index, firstAddress, crcs[..count]);
            firstBlock += count;
            firstAddress += count;
            crcs = crcs[count..];
        }
    }

    /// <summary>Records that blocks read as zeros. Regions that are not cached stay so: their layers tell.</summary>
    public void SetZero(long viewId, long firstBlock, long blockCount)
    {
        while (blockCount > 0)
        {
            var index = (int)(firstBlock % RegionBlocks);
            var count = (int)Math.Min(RegionBlocks - index, blockCount);
            var key = KeyOf(viewId, firstBlock);
            ShardOf(key).SetZero(key, index, count);
            firstBlock += count;
            blockCount -= count;
        }
    }

    /// <summary>
    /// Makes sure that the region is cached and stays so until <see cref="EndResolve"/>, so that writes which come
    /// during the resolve are seen. False when there is no room: the caller then uses what it resolved once and forgets
    /// it.
    /// </summary>
    public bool BeginResolve(long viewId, long firstBlock)
    {
        var key = KeyOf(viewId, firstBlock);
        return ShardOf(key).Pin(key);
    }

    /// <summary>
    /// Fills every entry that is still unknown from the 512 resolved ones, and hands back what the region holds now.
    /// </summary>
    public void EndResolve(long viewId, long firstBlock, Span<long> addresses, Span<uint> crcs)
    {
        var key = KeyOf(viewId, firstBlock);
        ShardOf(key).FillAndUnpin(key, addresses, crcs);
    }

    /// <summary>Gives up a resolve that failed; what writes have set stays.</summary>
    public void AbortResolve(long viewId, long firstBlock)
    {
        var key = KeyOf(viewId, firstBlock);
        ShardOf(key).Unpin(key);
    }

    /// <summary>
    /// Forgets the region of a block, because an entry names a segment that is gone; the layers tell where the blocks
    /// are now. A resolve that is under way does not bring anything back that it read before.
    /// </summary>
    public void Drop(long viewId, long firstBlock)
    {
        var key = KeyOf(viewId, firstBlock);
        ShardOf(key).Drop(key);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var shard in _shards)
        {
            shard.Dispose();
        }
    }

    // A disk of 32 TiB has 2^24 regions.
    private static ulong KeyOf(long viewId, long block) => ((ulong)viewId << 24) | (ulong)(block / RegionBlocks);

    private MapShard ShardOf(ulong key) => _shards[(key * 0x9E3779B97F4A7C15UL) >> 58];
}
