using Tidemark.Engine.Format;
using Tidemark.Engine.Index;
using Tidemark.Engine.Reclaim;

namespace Tidemark.Engine.Tests.Index;

/// <summary>The slow, obvious model of an index: one entry for each block.</summary>
internal static class PlainIndex
{
    /// <summary>One block of an extent, with its checksum; 0 for zero.</summary>
    public readonly record struct Entry(long Sequence, long SegmentId, int Slot, uint Crc);

    /// <summary>
    /// The blocks of extents that do not overlap, in order; fails the test when they do or are not sorted.
    /// </summary>
    public static SortedDictionary<long, Entry> Of(ExtentCursor cursor, string because)
    {
        var result = new SortedDictionary<long, Entry>();
        var end = 0L;
        while (cursor.MoveNext())
        {
            Assert.True(cursor.Current.FirstBlock >= end, $"not sorted: {cursor.Current} after {end}; {because}");
            end = cursor.Current.EndBlock;
            Put(result, cursor.Current, cursor.CurrentCrcs);
        }

        return result;
    }

    public static void Put(SortedDictionary<long, Entry> into, in Extent extent, ReadOnlySpan<uint> crcs)
    {
        Assert.Equal(extent.IsZero ? 0 : extent.BlockCount, crcs.Length);
        for (var index = 0; index < extent.BlockCount; index++)
        {
            into[extent.FirstBlock + index] = extent.IsZero
                ? new Entry(extent.Sequence, 0, 0, 0)
                : new Entry(extent.Sequence, extent.SegmentId, extent.Slot + index, crcs[index]);
        }
    }

    /// <summary>Every data slot of the extents, with repetitions.</summary>
    public static List<(long SegmentId, int Slot)> SlotsOf(ExtentBuffer buffer)
    {
        var slots = new List<(long, int)>();
        for (var index = 0; index < buffer.Count; index++)
        {
            for (var block = 0; !buffer[index].IsZero && block < buffer[index].BlockCount; block++)
                slots.Add((buffer[index].SegmentId, buffer[index].Slot + block));
        }

        return slots;
    }

    public static List<(long SegmentId, int Slot)> SlotsOf(IEnumerable<DeadRange> dead) =>
        [.. dead.SelectMany(range => Enumerable.Range(range.Slot, range.SlotCount).Select(s => (range.SegmentId, s)))];

    public static List<(long SegmentId, int Slot)> SlotsOf(SortedDictionary<long, Entry> plain) =>
        [.. plain.Values.Where(entry => entry.SegmentId != 0).Select(entry => (entry.SegmentId, entry.Slot))];

    public static void AssertEqual(
        SortedDictionary<long, Entry> expected, SortedDictionary<long, Entry> actual, string because)
    {
        foreach (var (block, entry) in expected)
        {
            Assert.True(
                actual.TryGetValue(block, out var found) && found == entry, $"block {block}: {entry}; {because}");
        }

        Assert.True(expected.Count == actual.Count, $"{actual.Count} blocks, expected {expected.Count}; {because}");
    }

    /// <summary>Fails unless kept and dead slots together are all slots, each exactly once.</summary>
    public static void AssertPartition(
        List<(long SegmentId, int Slot)> all,
        List<(long SegmentId, int Slot)> kept,
        List<(long SegmentId, int Slot)> dead,
        string because)
    {
        all.Sort();
        List<(long SegmentId, int Slot)> both = [.. kept, .. dead];
        both.Sort();
        Assert.True(all.SequenceEqual(both), $"{all.Count} slots, {kept.Count} kept, {dead.Count} dead; {because}");
    }

    /// <summary>
    /// Random extents in log order: each of its own slots, sequences rising, now and then a zero extent.
    /// </summary>
    public static ExtentBuffer RandomLog(
        Random random, int extentCount, long blocks, ref int nextSlot, long segmentId = 7)
    {
        var buffer = new ExtentBuffer();
        var crcs = new uint[RecordHeader.DataBlocksMax];
        var sequence = random.NextInt64(1, 100);
        for (var index = 0; index < extentCount; index++)
        {
            sequence += random.Next(3) == 0 ? 0 : 1;
            var isZero = random.Next(5) == 0;
            var first = random.NextInt64(blocks);
            var longest = random.Next(4) == 0 ? (isZero ? blocks : 200) : 8;
            var count = (int)Math.Min(1 + random.NextInt64(longest), blocks - first);
            for (var block = 0; block < count && !isZero; block++)
                crcs[block] = (uint)random.Next();
            var extent = isZero
                ? new Extent(first, count, sequence, 0, 0)
                : new Extent(first, count, sequence, segmentId, nextSlot);
            nextSlot += isZero ? 0 : count + random.Next(2);
            buffer.Add(extent, crcs.AsSpan(0, isZero ? 0 : count));
        }

        return buffer;
    }
}
