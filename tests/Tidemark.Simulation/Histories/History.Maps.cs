using Tidemark.Engine;

namespace Tidemark.Simulation.Histories;

/// <content>
/// What the engine tells about the blocks of live disks: asked in pages of random length, and drawn from a generator of
/// its own, so that a seed's operations stay what they were.
/// </content>
internal sealed partial class History
{
    private readonly Random _pages;

    // The whole map in pages has every block with data and no other.
    private void CompareAllocation(ReadableDisk disk, Dictionary<long, Sector[]> expected, string what)
    {
        var found = new List<long>();
        var rangesMax = 1 + _pages.Next(6);
        for (long block = 0, endBlock = DiskBytes / BlockBytes; block < endBlock;)
        {
            var count = 1 + _pages.NextInt64(Math.Min(endBlock - block, 1L << _pages.Next(1, 19)));
            var ranges = new List<BlockRange>();
            disk.MapAllocation(block, count, rangesMax, ranges);
            Require(ranges.Count >= 1 && ranges.Count <= rangesMax, $"{what}: {ranges.Count} ranges at block {block}");
            foreach (var range in ranges)
            {
                Require(range.FirstBlock == block && range.BlockCount > 0, $"{what}: {range} at block {block}");
                block += range.BlockCount;
                found.AddRange(range.IsData ? Enumerate(range) : []);
            }
        }

        Require(found.SequenceEqual(expected.Keys.Order()),
            $"{what}: the allocation map has {found.Count} data blocks, expected {expected.Count}");
    }

    // Every write that was answered is in it, whichever branch the snapshot is on.
    private void CompareLiveChanges()
    {
        var alive = Alive();
        if (alive.Count == 0)
        {
            return;
        }

        var from = alive[_pages.Next(alive.Count)];
        var disk = _disks[_pages.Next(_disks.Count)];
        var now = new SnapshotModel(0, disk.Blocks, disk.Parent, disk.Touched) { IsTouchedKnown = disk.IsTouchedKnown };
        if (Root(from) != Root(now) || ExpectedChanges(from, now) is not { } expected)
        {
            return;
        }

        Say($"changes {from.LayerId} -> {disk.Id}");
        var live = _engine.OpenDisk(disk.Id);
        var found = ChangesInPages(from, live);
        Require(found.Select(each => each.Block).SequenceEqual(expected.Order()),
            $"changed blocks {from.LayerId} -> {disk.Id}: expected {expected.Count}, found {found.Count}");
        foreach (var (block, isData) in found)
        {
            Require(disk.Blocks.ContainsKey(block) == isData,
                $"changed block {block} of {disk.Id} says the wrong thing about data");
        }

        var whole = _engine.Changed(from.LayerId, live).SelectMany(Enumerate);
        Require(whole.SequenceEqual(found.Select(each => each.Block)), $"{disk.Id}: pages and the whole differ");
    }

    private List<(long Block, bool IsData)> ChangesInPages(SnapshotModel from, EngineDisk disk)
    {
        using var since = _engine.OpenView(from.LayerId);
        var found = new List<(long Block, bool IsData)>();
        var rangesMax = 1 + _pages.Next(6);
        for (long block = 0, endBlock = DiskBytes / BlockBytes; block < endBlock;)
        {
            var count = 1 + _pages.NextInt64(Math.Min(endBlock - block, 1L << _pages.Next(1, 19)));
            var ranges = new List<BlockRange>();
            _engine.MapChanges(since, disk, block, count, rangesMax, ranges);
            foreach (var range in ranges)
            {
                found.AddRange(Enumerate(range).Select(each => (each, range.IsData)));
            }

            // A full page tells nothing about what follows it.
            block = ranges.Count < rangesMax ? block + count : ranges[^1].FirstBlock + ranges[^1].BlockCount;
        }

        return found;
    }
}
