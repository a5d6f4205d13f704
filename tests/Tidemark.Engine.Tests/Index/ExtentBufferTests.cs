using Tidemark.Engine.Format;
using Tidemark.Engine.Index;
using Tidemark.Engine.Reclaim;

namespace Tidemark.Engine.Tests.Index;

public class ExtentBufferTests
{
    [Fact]
    public void Flatten_agrees_with_a_block_by_block_model_and_accounts_for_every_slot()
    {
        for (var seed = 0; seed < 400; seed++)
        {
            var random = new Random(seed);
            var slot = 1;
            var log = PlainIndex.RandomLog(random, random.Next(1, 120), random.Next(20, 1500), ref slot);
            var dead = new List<DeadRange>();

            var flat = log.Flatten(dead);

            var because = $"seed {seed}";
            var actual = PlainIndex.Of(new BufferCursor(flat, 0), because);
            PlainIndex.AssertEqual(Model(log), actual, because);
            PlainIndex.AssertPartition(
                PlainIndex.SlotsOf(log), PlainIndex.SlotsOf(flat), PlainIndex.SlotsOf(dead), because);
            Assert.Equal(actual.Values.LongCount(entry => entry.SegmentId != 0), flat.DataBlockCount);
            Assert.Equal(actual.Values.LongCount(entry => entry.SegmentId == 0), flat.ZeroBlockCount);
        }
    }

    [Fact]
    public void A_higher_sequence_hides_a_later_extent_with_a_lower_one()
    {
        var log = new ExtentBuffer();
        log.Add(new Extent(10, 2, 9, 7, 1), [1, 2]);
        log.Add(new Extent(9, 3, 8, 7, 4), [3, 4, 5]);
        var dead = new List<DeadRange>();

        var flat = log.Flatten(dead);

        Assert.Equal([new Extent(9, 1, 8, 7, 4), new Extent(10, 2, 9, 7, 1)], flat.Extents.ToArray());
        Assert.Equal([new DeadRange(7, 5, 2)], dead);
    }

    [Fact]
    public void Neighbours_of_one_record_are_joined_up_to_one_region()
    {
        var log = new ExtentBuffer();
        for (var index = 0; index < 1024; index++)
            log.Add(new Extent(index, 1, 3, 7, index + 1), [(uint)index]);

        var flat = log.Flatten(null);

        Assert.Equal([new Extent(0, 512, 3, 7, 1), new Extent(512, 512, 3, 7, 513)], flat.Extents.ToArray());
        Assert.Equal(1023u, flat.Crcs(1)[511]);
    }

    [Fact]
    public void A_long_trim_over_thousands_of_extents_leaves_one()
    {
        var log = new ExtentBuffer();
        for (var index = 0; index < 8000; index++)
            log.Add(new Extent(index * 131 % 1_000_000, 1, index + 1, 7, index + 1), [5]);
        log.Add(new Extent(0, Blocks.ExtentBlocksMax, 9000, 0, 0), []);
        var dead = new List<DeadRange>();

        var flat = log.Flatten(dead);

        Assert.Equal([new Extent(0, Blocks.ExtentBlocksMax, 9000, 0, 0)], flat.Extents.ToArray());
        Assert.Equal(8000, dead.Sum(range => range.SlotCount));
    }

    [Fact]
    public void Extents_over_an_old_long_one_cut_it_into_pieces_without_losing_any()
    {
        var log = new ExtentBuffer();
        for (var index = 0; index < 4000; index++)
            log.Add(new Extent(index * 200, 1, index + 2, 7, index + 1), [5]);
        log.Add(new Extent(0, Blocks.ExtentBlocksMax, 1, 0, 0), []);

        var flat = log.Flatten(null);

        Assert.Equal(8000, flat.Count);
        Assert.Equal(Blocks.ExtentBlocksMax, flat.DataBlockCount + flat.ZeroBlockCount);
    }

    [Fact]
    public void Checksums_that_do_not_go_with_the_extent_are_refused()
    {
        var buffer = new ExtentBuffer();

        Assert.Throws<ArgumentException>(() => buffer.Add(new Extent(0, 2, 1, 7, 1), [1]));
        Assert.Throws<ArgumentException>(() => buffer.Add(new Extent(0, 2, 1, 0, 0), [1]));
        Assert.Equal(0, buffer.Count);
    }

    [Fact]
    public void An_empty_buffer_flattens_to_an_empty_one() => Assert.Equal(0, new ExtentBuffer().Flatten([]).Count);

    private static SortedDictionary<long, PlainIndex.Entry> Model(ExtentBuffer log)
    {
        var model = new SortedDictionary<long, PlainIndex.Entry>();
        for (var index = 0; index < log.Count; index++)
        {
            var blocks = new SortedDictionary<long, PlainIndex.Entry>();
            PlainIndex.Put(blocks, log[index], log.Crcs(index));
            foreach (var (block, entry) in blocks)
            {
                if (!model.TryGetValue(block, out var old) || old.Sequence <= entry.Sequence)
                    model[block] = entry;
            }
        }

        return model;
    }
}
