using System.Runtime.InteropServices;

namespace Tidemark.Engine.Map;

/// <summary>
/// One shard of the map: a table of regions under one lock that is never held across I/O. Regions live in slabs of
/// unmanaged memory that are taken as needed and kept.
/// </summary>
internal sealed unsafe class MapShard : IDisposable
{
    /// <summary>Unmanaged bytes of a region: 512 addresses, 512 checksums, 512 known bits.</summary>
    public const int RegionBytes = (RegionMap.RegionBlocks * 8) + (RegionMap.RegionBlocks * 4) + KnownBytes;

    private const int KnownBytes = RegionMap.RegionBlocks / 8;
    private const int CrcOffset = RegionMap.RegionBlocks * 8;
    private const int KnownOffset = CrcOffset + (RegionMap.RegionBlocks * 4);
    private const int SlabRegions = 16;

    private readonly Lock _gate = new();
    private readonly Dictionary<ulong, int> _indexOfKey = [];
    private readonly List<nint> _slabs = [];
    private readonly int _capacity;
    private RegionState[] _states = [];
    private int _count;
    private int _hand;

    /// <summary>Makes an empty shard of at most <paramref name="capacity"/> regions.</summary>
    public MapShard(int capacity)
    {
        _capacity = capacity;
    }

    /// <summary>Unmanaged bytes taken.</summary>
    public long UsedBytes => (long)_slabs.Count * SlabRegions * RegionBytes;

    /// <summary>See <see cref="RegionMap.TryGet"/>.</summary>
    public bool TryGet(ulong key, int index, Span<long> addresses, Span<uint> crcs)
    {
        lock (_gate)
        {
            if (!_indexOfKey.TryGetValue(key, out var slot))
            {
                return false;
            }

            var region = RegionAt(slot);
            if (!_states[slot].IsResolved && !AllKnown(region, index, addresses.Length))
            {
                return false;
            }

            _states[slot].IsReferenced = true;
            AddressesOf(region).Slice(index, addresses.Length).CopyTo(addresses);
            CrcsOf(region).Slice(index, crcs.Length).CopyTo(crcs);
            return true;
        }
    }

    /// <summary>See <see cref="RegionMap.SetData"/>; all blocks lie in the region.</summary>
    public void SetData(ulong key, int index, long firstAddress, ReadOnlySpan<uint> crcs)
    {
        lock (_gate)
        {
            var slot = Find(key, insert: true);
            if (slot < 0)
            {
                return;
            }

            var region = RegionAt(slot);
            var addresses = AddressesOf(region).Slice(index, crcs.Length);
            for (var i = 0; i < addresses.Length; i++)
            {
                addresses[i] = firstAddress + i;
            }

            crcs.CopyTo(CrcsOf(region)[index..]);
            MarkKnown(slot, region, index, crcs.Length);
        }
    }

    /// <summary>See <see cref="RegionMap.SetZero"/>; all blocks lie in the region.</summary>
    public void SetZero(ulong key, int index, int count)
    {
        lock (_gate)
        {
            var slot = Find(key, insert: false);
            if (slot < 0)
            {
                return;
            }

            var region = RegionAt(slot);
            AddressesOf(region).Slice(index, count).Clear();
            MarkKnown(slot, region, index, count);
        }
    }

    /// <summary>
    /// Caches the region and keeps it from being evicted; false when every region of the shard is kept so.
    /// </summary>
    public bool Pin(ulong key)
    {
        lock (_gate)
        {
            var slot = Find(key, insert: true);
            if (slot < 0)
            {
                return false;
            }

            _states[slot].PinCount++;
            return true;
        }
    }

    /// <summary>See <see cref="RegionMap.EndResolve"/>.</summary>
    public void FillAndUnpin(ulong key, Span<long> addresses, Span<uint> crcs)
    {
        lock (_gate)
        {
            var slot = _indexOfKey[key];
            var region = RegionAt(slot);
            var cachedAddresses = AddressesOf(region);
            var cachedCrcs = CrcsOf(region);
            if (_states[slot].IsDropped)
            {
                CopyKnown(region, addresses, crcs);
                UnpinSlot(slot);
                return;
            }

            if (!_states[slot].IsResolved)
            {
                var known = KnownOf(region);
                for (var i = 0; i < RegionMap.RegionBlocks; i++)
                {
                    if ((known[i >> 6] & (1UL << (i & 63))) == 0)
                    {
                        cachedAddresses[i] = addresses[i];
                        cachedCrcs[i] = crcs[i];
                    }
                }

                _states[slot].IsResolved = true;
            }

            cachedAddresses.CopyTo(addresses);
            cachedCrcs.CopyTo(crcs);
            UnpinSlot(slot);
        }
    }

    /// <summary>Ends a pin without filling anything.</summary>
    public void Unpin(ulong key)
    {
        lock (_gate)
        {
            UnpinSlot(_indexOfKey[key]);
        }
    }

    /// <summary>See <see cref="RegionMap.Drop"/>.</summary>
    public void Drop(ulong key)
    {
        lock (_gate)
        {
            if (_indexOfKey.TryGetValue(key, out var slot))
            {
                KnownOf(RegionAt(slot)).Clear();
                _states[slot].IsResolved = false;
                _states[slot].IsDropped = _states[slot].PinCount > 0;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var slab in _slabs)
            {
                NativeMemory.AlignedFree((void*)slab);
            }

            _slabs.Clear();
            _indexOfKey.Clear();
            _count = 0;
        }
    }

    private static Span<long> AddressesOf(byte* region) => new(region, RegionMap.RegionBlocks);

    private static Span<uint> CrcsOf(byte* region) => new(region + CrcOffset, RegionMap.RegionBlocks);

    private static Span<ulong> KnownOf(byte* region) => new(region + KnownOffset, KnownBytes / 8);

    private static bool AllKnown(byte* region, int index, int count)
    {
        var known = KnownOf(region);
        for (var i = index; i < index + count; i++)
        {
            if ((known[i >> 6] & (1UL << (i & 63))) == 0)
            {
                return false;
            }
        }

        return true;
    }

    // What writes have set since the drop is newer than what was resolved.
    private static void CopyKnown(byte* region, Span<long> addresses, Span<uint> crcs)
    {
        var known = KnownOf(region);
        for (var i = 0; i < RegionMap.RegionBlocks; i++)
        {
            if ((known[i >> 6] & (1UL << (i & 63))) != 0)
            {
                addresses[i] = AddressesOf(region)[i];
                crcs[i] = CrcsOf(region)[i];
            }
        }
    }

    // Once the last resolve that a drop overtook has ended, the region may be filled again.
    private void UnpinSlot(int slot)
    {
        ref var state = ref _states[slot];
        state.PinCount--;
        state.IsDropped &= state.PinCount > 0;
    }

    private void MarkKnown(int slot, byte* region, int index, int count)
    {
        _states[slot].IsReferenced = true;
        if (_states[slot].IsResolved)
        {
            return;
        }

        var known = KnownOf(region);
        for (var i = index; i < index + count; i++)
        {
            known[i >> 6] |= 1UL << (i & 63);
        }
    }

    private byte* RegionAt(int slot) => (byte*)_slabs[slot / SlabRegions] + ((long)(slot % SlabRegions) * RegionBytes);

    private int Find(ulong key, bool insert)
    {
        if (_indexOfKey.TryGetValue(key, out var slot))
        {
            return slot;
        }

        if (!insert)
        {
            return -1;
        }

        slot = _count < _capacity ? Grow() : Evict();
        if (slot < 0)
        {
            return -1;
        }

        KnownOf(RegionAt(slot)).Clear();
        _states[slot] = new RegionState { Key = key, IsReferenced = true };
        _indexOfKey[key] = slot;
        return slot;
    }

    private int Grow()
    {
        if (_count == _slabs.Count * SlabRegions)
        {
            _slabs.Add((nint)NativeMemory.AlignedAlloc((nuint)SlabRegions * RegionBytes, 64));
            Array.Resize(ref _states, _slabs.Count * SlabRegions);
        }

        return _count++;
    }

    // Two rounds of the clock clear every reference bit, so a third would find nothing new: all are pinned.
    private int Evict()
    {
        for (var step = 0; step < 2 * _count; step++)
        {
            _hand = (_hand + 1) % _count;
            ref var state = ref _states[_hand];
            if (state.PinCount > 0)
            {
                continue;
            }

            if (state.IsReferenced)
            {
                state.IsReferenced = false;
                continue;
            }

            _indexOfKey.Remove(state.Key);
            return _hand;
        }

        return -1;
    }

    private struct RegionState
    {
        public ulong Key;
        public int PinCount;
        public bool IsReferenced;
        public bool IsResolved;
        public bool IsDropped;
    }
}
