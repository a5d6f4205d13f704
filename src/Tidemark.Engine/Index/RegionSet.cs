using System.Numerics;

namespace Tidemark.Engine.Index;

/// <summary>
/// A set of regions, compressed: for each 4,096 consecutive ones (8 GiB of a disk) in which some are set either a short
/// sorted list, or one bit for each, or nothing when all are set. Immutable, safe for concurrent use.
/// </summary>
internal sealed class RegionSet
{
    /// <summary>Regions in one part; a power of two.</summary>
    internal const int PartRegions = 1 << PartShift;

    /// <summary>The most regions that a part keeps as a list; for more, a bitmap is smaller.</summary>
    internal const int ListedMax = PartRegions / 16;

    private const int PartShift = 12;
    private const int FixedFootprintBytes = 120;

    // What a part takes beside the elements of its list or bitmap, roughly.
    private const int PartFootprintBytes = 48;

    private readonly uint[] _parts;
    private readonly ushort[]?[] _listed;
    private readonly ulong[]?[] _bits;

    private RegionSet(SortedDictionary<uint, ulong[]> parts)
    {
        _parts = [.. parts.Keys];
        _listed = new ushort[_parts.Length][];
        _bits = new ulong[_parts.Length][];
        FootprintBytes = FixedFootprintBytes;
        for (var index = 0; index < _parts.Length; index++)
            Pack(index, parts[_parts[index]]);
    }

    /// <summary>How many regions are in the set.</summary>
    public long Count { get; private set; }

    /// <summary>The memory that this takes, roughly.</summary>
    public long FootprintBytes { get; private set; }

    /// <summary>The regions in which some runs have an extent. Reads their directories.</summary>
    public static RegionSet Of(IEnumerable<Run> runs)
    {
        var parts = new SortedDictionary<uint, ulong[]>();
        var ranges = new List<RegionRange>();
        foreach (var run in runs)
        {
            ranges.Clear();
            run.CollectRegions(ranges);
            foreach (var range in ranges)
                Set(parts, range);
        }

        return new RegionSet(parts);
    }

    /// <summary>The regions that are in at least one of several sets.</summary>
    public static RegionSet Union(IEnumerable<RegionSet> sets)
    {
        var parts = new SortedDictionary<uint, ulong[]>();
        foreach (var set in sets)
        {
            for (var index = 0; index < set._parts.Length; index++)
                set.AddTo(BitsOf(parts, set._parts[index]), index);
        }

        return new RegionSet(parts);
    }

    /// <summary>True when at least one of the regions is in the set.</summary>
    public bool Intersects(RegionRange range)
    {
        var lastPart = (range.EndRegion - 1) >> PartShift;
        var index = Array.BinarySearch(_parts, (uint)(range.FirstRegion >> PartShift));
        for (index = index >= 0 ? index : ~index; index < _parts.Length && _parts[index] <= lastPart; index++)
        {
            var start = (long)_parts[index] << PartShift;
            var from = (int)Math.Max(range.FirstRegion - start, 0);
            var to = (int)Math.Min(range.EndRegion - start, PartRegions);
            if (IntersectsPart(index, from, to))
                return true;
        }

        return false;
    }

    private bool IntersectsPart(int index, int from, int to)
    {
        if (_listed[index] is { } listed)
        {
            var at = Array.BinarySearch(listed, (ushort)from);
            at = at >= 0 ? at : ~at;
            return at < listed.Length && listed[at] < to;
        }

        if (_bits[index] is not { } bits)
            return true;
        for (var bit = from; bit < to;)
        {
            var left = bits[bit >> 6] >> (bit & 63);
            if (left != 0)
                return bit + BitOperations.TrailingZeroCount(left) < to;
            bit = (bit | 63) + 1;
        }

        return false;
    }

    private static ulong[] BitsOf(SortedDictionary<uint, ulong[]> parts, uint part)
    {
        if (!parts.TryGetValue(part, out var bits))
        {
            bits = new ulong[PartRegions / 64];
            parts.Add(part, bits);
        }

        return bits;
    }

    private static void Set(SortedDictionary<uint, ulong[]> parts, RegionRange range)
    {
        for (var region = range.FirstRegion; region < range.EndRegion;)
        {
            var partEnd = ((region >> PartShift) + 1) << PartShift;
            var end = Math.Min(range.EndRegion, partEnd);
            var bits = BitsOf(parts, (uint)(region >> PartShift));
            if (end - region == PartRegions)
                Array.Fill(bits, ulong.MaxValue);
            else
                SetBits(bits, (int)(region & (PartRegions - 1)), (int)(end - region));
            region = end;
        }
    }

    private static void SetBits(ulong[] bits, int first, int count)
    {
        for (var bit = first; bit < first + count; bit++)
            bits[bit >> 6] |= 1UL << (bit & 63);
    }

    private void AddTo(ulong[] into, int index)
    {
        if (_listed[index] is { } listed)
        {
            foreach (var bit in listed)
                into[bit >> 6] |= 1UL << (bit & 63);
            return;
        }

        if (_bits[index] is not { } bits)
        {
            Array.Fill(into, ulong.MaxValue);
            return;
        }

        for (var word = 0; word < into.Length; word++)
            into[word] |= bits[word];
    }

    private void Pack(int index, ulong[] bits)
    {
        var count = 0;
        foreach (var word in bits)
            count += BitOperations.PopCount(word);
        Count += count;
        FootprintBytes += PartFootprintBytes;
        if (count == PartRegions)
            return;
        if (count > ListedMax)
        {
            _bits[index] = bits;
            FootprintBytes += bits.Length * sizeof(ulong);
            return;
        }

        var listed = new ushort[count];
        var next = 0;
        for (var word = 0; word < bits.Length; word++)
        {
            for (var left = bits[word]; left != 0; left &= left - 1)
                listed[next++] = (ushort)((word << 6) + BitOperations.TrailingZeroCount(left));
        }

        _listed[index] = listed;
        FootprintBytes += listed.Length * sizeof(ushort);
    }
}
