using System.Buffers.Binary;
using Tidemark.Engine;
using Tidemark.Engine.Stores;

namespace Tidemark.Simulation.Histories;

/// <content>What must hold.</content>
internal sealed partial class History
{
    // Compares with the model on every block that any history may have touched, in pieces of random length.
    private string? Differs(ReadableDisk disk, Dictionary<long, Sector[]> expected)
    {
        var buffer = new byte[16 * BlockBytes];
        foreach (var start in ComparedStarts())
        {
            var count = (int)Math.Min(16, (DiskBytes / BlockBytes) - start);
            var bytes = buffer.AsSpan(0, count * BlockBytes);
            var result = disk.Read(start * BlockBytes, bytes);
            if (result != IoResult.Done)
            {
                return $"block {start} reads as {result}";
            }

            if (_options.HasCanary && _random.Next(50) == 0)
            {
                bytes[_random.Next(bytes.Length)] ^= 1;
            }

            for (var i = 0; i < count; i++)
            {
                if (DifferingBlock(bytes.Slice(i * BlockBytes, BlockBytes), start + i, expected) is { } difference)
                {
                    return difference;
                }
            }
        }

        return null;
    }

    // Pieces of 16 blocks that together hold every block of the palette and what a write from there may reach.
    private IEnumerable<long> ComparedStarts()
    {
        var next = 0L;
        var blocks = _palette.SelectMany(block => Enumerable.Range(0, 8).Select(i => block + i)).Distinct().Order();
        foreach (var block in blocks)
        {
            if (block >= next)
            {
                next = block + 16;
                yield return block;
            }
        }
    }

    private static string? DifferingBlock(ReadOnlySpan<byte> bytes, long block, Dictionary<long, Sector[]> expected)
    {
        expected.TryGetValue(block, out var sectors);
        for (var at = 0; at < bytes.Length; at += sizeof(long))
        {
            var wanted = sectors is null ? 0 : sectors[at / SectorBytes].Stamp;
            var found = BinaryPrimitives.ReadInt64LittleEndian(bytes[at..]);
            if (found != wanted)
            {
                return $"block {block} byte {at}: expected {wanted}, found {found}";
            }
        }

        return null;
    }

    private void CompareOne()
    {
        Say("compare");
        var disk = Pick(_disks);
        var difference = Differs(_engine.OpenDisk(disk.Id), disk.Blocks);
        Require(difference is null, $"{disk.Id}: {difference}");
        CompareAllocation(_engine.OpenDisk(disk.Id), disk.Blocks, disk.Id);
        if (Alive() is { Count: > 0 } alive)
        {
            CompareSnapshot(Pick(alive));
        }
    }

    private void CompareSnapshot(SnapshotModel snapshot)
    {
        using var view = _engine.OpenView(snapshot.LayerId);
        var difference = Differs(view, snapshot.Blocks);
        Require(difference is null, $"snapshot {snapshot.LayerId}: {difference}");
        CompareAllocation(view, snapshot.Blocks, $"snapshot {snapshot.LayerId}");
        var ranges = new List<BlockRange>();
        view.MapAllocation(0, DiskBytes / BlockBytes, int.MaxValue, ranges);
        Require(ranges.Sum(range => range.BlockCount) == DiskBytes / BlockBytes, "the allocation map has gaps");
        Require(ranges.Where(range => range.IsData).Sum(range => range.BlockCount) == snapshot.Blocks.Count,
            $"snapshot {snapshot.LayerId}: the allocation map has " +
            $"{ranges.Where(r => r.IsData).Sum(r => r.BlockCount)} data blocks, "
            + $"expected {snapshot.Blocks.Count}");
    }

    private void CompareChanges()
    {
        CompareLiveChanges();
        var alive = Alive();
        if (alive.Count < 2)
        {
            return;
        }

        var from = Pick(alive);
        var to = Pick(alive);
        if (Root(from) != Root(to))
        {
            return;
        }

        Say($"changes {from.LayerId} -> {to.LayerId}");
        if (ExpectedChanges(from, to) is not { } expected)
        {
            return;
        }

        var start = _random.Next(3) == 0 ? Pick(_palette) : 0;
        var found = _engine.Changed(from.LayerId, to.LayerId, start).ToList();
        var foundBlocks = found.SelectMany(range => Enumerate(range)).ToList();
        Require(foundBlocks.SequenceEqual(expected.Where(block => block >= start).Order()),
            $"changed blocks {from.LayerId} -> {to.LayerId}: expected {expected.Count}, found {foundBlocks.Count}");
        foreach (var range in found)
        {
            Require(Enumerate(range).All(block => to.Blocks.ContainsKey(block) == range.IsData),
                $"changed range {range} says the wrong thing about data");
        }
    }

    private static IEnumerable<long> Enumerate(BlockRange range)
    {
        for (var block = range.FirstBlock; block < range.FirstBlock + range.BlockCount; block++)
        {
            yield return block;
        }
    }

    // Null when a power cut left it unknown.
    private static HashSet<long>? ExpectedChanges(SnapshotModel from, SnapshotModel to)
    {
        var below = new HashSet<SnapshotModel>();
        for (var at = from; at is not null; at = at.Parent)
        {
            below.Add(at);
        }

        var changed = new HashSet<long>();
        var isKnown = true;
        SnapshotModel? common = to;
        for (; common is not null && !below.Contains(common); common = common.Parent)
        {
            changed.UnionWith(common.Touched);
            isKnown &= common.IsTouchedKnown;
        }

        for (SnapshotModel? at = from; at is not null && at != common; at = at.Parent)
        {
            changed.UnionWith(at.Touched);
            isKnown &= at.IsTouchedKnown;
        }

        return isKnown ? changed : null;
    }

    private void CompareSizes()
    {
        if (Alive() is not { Count: > 0 } alive)
        {
            return;
        }

        var snapshot = Pick(alive);
        Say($"sizes {snapshot.LayerId}");
        var sizes = _engine.Sizes(snapshot.LayerId);
        Require(sizes.ReferencedBytes == (long)snapshot.Blocks.Count * BlockBytes,
            $"snapshot {snapshot.LayerId}: referenced {sizes.ReferencedBytes / BlockBytes}, expected " +
            $"{snapshot.Blocks.Count}");
        Require(sizes.UniqueBytes == FreedInModel([snapshot]) * BlockBytes,
            $"snapshot {snapshot.LayerId}: unique {sizes.UniqueBytes / BlockBytes}, expected " +
            $"{FreedInModel([snapshot])}");
        var some = alive.Where(_ => _random.Next(2) == 0).ToList();
        var freed = _engine.FreedIfDropped([.. some.Select(other => other.LayerId)], []);
        Require(freed == FreedInModel(some) * BlockBytes,
            $"dropping {some.Count}: would free {freed / BlockBytes}, expected {FreedInModel(some)}");
    }

    // A block's content is one object in every state that shares it, so what is needed is the set of those objects.
    private long FreedInModel(IReadOnlyCollection<SnapshotModel> dropped)
    {
        var rest = Needed(Alive().Except(dropped));
        return Needed(Alive()).Count(block => !rest.Contains(block));
    }

    private HashSet<object> Needed(IEnumerable<SnapshotModel> snapshots)
    {
        var needed = new HashSet<object>(ReferenceEqualityComparer.Instance);
        foreach (var state in snapshots.Select(snapshot => snapshot.Blocks).Concat(_disks.Select(disk => disk.Blocks)))
        {
            needed.UnionWith(state.Values);
        }

        return needed;
    }

    private void CompareCheck()
    {
        var report = _engine.Check();
        Require(report.Problems.Count == 0, $"check: {string.Join("; ", report.Problems)}");
    }

    private void FinishAndCompare()
    {
        foreach (var disk in _disks)
        {
            var difference = Differs(_engine.OpenDisk(disk.Id), disk.Blocks);
            Require(difference is null, $"{disk.Id}: {difference}");
        }

        Alive().ForEach(CompareSnapshot);
        StepUntilDone();
        Alive().ForEach(CompareSnapshot);
        CompareCheck();
        Drain();
        Alive().ForEach(CompareSnapshot);
        var report = _engine.Check();
        Require(report.Problems.Count == 0, $"check: {string.Join("; ", report.Problems)}");
        var needed = Needed(Alive()).Count;
        Require(report.BlocksVerified == needed, $"held {report.BlocksVerified} blocks, visible are {needed}");
        CompareSpace(needed);
    }

    private void Drain()
    {
        Say("drain");
        Reopen();
        StepUntilDone();
    }

    private void StepUntilDone()
    {
        for (var i = 0; i < 100_000; i++)
        {
            if (!_engine.Step(long.MaxValue, isIdle: true))
            {
                return;
            }
        }

        throw new InvalidOperationException("Background work does not come to an end.");
    }

    // Beside the data that names can see, a segment holds its header block and its footer: nothing else may be
    // allocated.
    private void CompareSpace(long neededBlocks)
    {
        var data = 0L;
        foreach (var id in _store.List(StoreArea.Segments))
        {
            using var file = _store.Open(StoreArea.Segments, id, writable: false);
            var footer = Engine.Index.FooterReader.TryRead(file, out var reason);
            Require(footer is not null, $"{file.Name} has no footer: {reason}");
            var fixedBytes = BlockBytes + (file.LengthBytes - footer!.Value.Trailer.ChunkOffsetBytes);
            data += file.AllocatedBytes - fixedBytes;
        }

        Require(data == neededBlocks * BlockBytes,
            $"segments hold {data / BlockBytes} blocks of data, names can see {neededBlocks}");
    }
}
