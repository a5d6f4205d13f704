using Tidemark.Engine;
using Tidemark.Engine.Stores;

namespace Tidemark.Simulation.Histories;

/// <content>The operations.</content>
internal sealed partial class History
{
    private void CreateDisk(SnapshotModel? from)
    {
        var model = new DiskModel($"disk-{_diskNumber++}");
        _engine.CreateDisk(model.Id, DiskBytes, from?.LayerId);
        model.Parent = from;
        if (from is not null)
        {
            model.Reset(from.Blocks);
        }

        _disks.Add(model);
        Say($"create {model.Id} from {from?.LayerId}");
    }

    // A batch of whole blocks is one record, so a power cut takes all of it or nothing.
    private void WriteSome()
    {
        var disk = Pick(_disks);
        var pieces = new List<WritePiece>();
        var payload = new byte[32 * BlockBytes];
        var used = 0;
        disk.BeginOperation();
        for (var i = 1 + _random.Next(3); i > 0; i--)
        {
            var block = Pick(_palette);
            var count = 1 + _random.Next(6);
            var stamp = ++_stamp;
            pieces.Add(new WritePiece(block * BlockBytes, used, count * BlockBytes));
            Fill(payload.AsSpan(used, count * BlockBytes), stamp);
            used += count * BlockBytes;
            for (var at = block; at < block + count; at++)
            {
                disk.Write(at, 0, 8, stamp);
            }
        }

        Say(
            $"write {disk.Id} " +
            $"{string.Join(",", pieces.Select(p => $"{p.Offset / BlockBytes}+{p.LengthBytes / BlockBytes}"))}");
        Expect(_engine.OpenDisk(disk.Id).Write(pieces.ToArray(), payload));
    }

    private void WritePart()
    {
        var disk = Pick(_disks);
        var block = Pick(_palette);
        var first = _random.Next(8);
        var count = 1 + _random.Next(8 - first);
        var stamp = ++_stamp;
        disk.BeginOperation();
        disk.Write(block, first, count, stamp);
        var payload = new byte[count * SectorBytes];
        Fill(payload, stamp);
        Say($"write part {disk.Id} {block} sectors {first}+{count}");
        Expect(_engine.OpenDisk(disk.Id).Write(
            [new WritePiece((block * BlockBytes) + (first * SectorBytes), 0, payload.Length)], payload));
    }

    private void ZeroSome()
    {
        var disk = Pick(_disks);
        var block = Pick(_palette);
        var count = _random.Next(8) == 0 ? 2000 : 1 + _random.Next(12);
        count = (int)Math.Min(count, (DiskBytes / BlockBytes) - block);
        disk.BeginOperation();
        for (var at = block; at < block + count; at++)
        {
            disk.Zero(at);
        }

        Say($"zero {disk.Id} {block}+{count}");
        var open = _engine.OpenDisk(disk.Id);
        Expect(_random.Next(2) == 0
            ? open.Trim(block * BlockBytes, (long)count * BlockBytes)
            : open.WriteZeroes(block * BlockBytes, (long)count * BlockBytes));
    }

    private void Flush()
    {
        var disk = Pick(_disks);
        Say($"flush {disk.Id}");
        Expect(_engine.OpenDisk(disk.Id).Flush());
        disk.MarkDurable();
    }

    private void Cut() => CutDisks([Pick(_disks)]);

    private void CutGroup() => CutDisks([.. _disks.Where(_ => _random.Next(2) == 0)]);

    private void CutDisks(DiskModel[] disks)
    {
        if (disks.Length == 0 || _snapshots.Count(snapshot => snapshot.IsAlive) > 24)
        {
            return;
        }

        var layers = _engine.Cut([.. disks.Select(disk => disk.Id)]);
        for (var i = 0; i < disks.Length; i++)
        {
            var blocks = DiskModel.Copy(disks[i].Blocks);
            var snapshot = new SnapshotModel(layers[i], blocks, disks[i].Parent, disks[i].Touched)
            {
                IsTouchedKnown = disks[i].IsTouchedKnown,
            };
            disks[i].IsTouchedKnown = true;
            _snapshots.Add(snapshot);
            disks[i].Parent = snapshot;
            disks[i].Touched = [];
            disks[i].MarkDurable();
            Say($"cut {disks[i].Id} -> layer {layers[i]}");
        }
    }

    private void Clone()
    {
        if (_disks.Count < 5 && Alive() is { Count: > 0 } alive)
        {
            CreateDisk(Pick(alive));
        }
    }

    private void Rollback()
    {
        var disk = Pick(_disks);
        var alive = Alive();
        if (alive.Count == 0)
        {
            return;
        }

        // Mostly one of its own family; any other will do too.
        var family = alive.FindAll(snapshot => disk.Parent is not null && Root(snapshot) == Root(disk.Parent));
        var target = Pick(family.Count > 0 && _random.Next(4) > 0 ? family : alive);
        Say($"rollback {disk.Id} to {target.LayerId}");
        _engine.Rollback(disk.Id, target.LayerId);
        disk.Reset(target.Blocks);
        disk.Parent = target;
        disk.IsTouchedKnown = true;
        disk.Touched = [];
    }

    private void Reset()
    {
        var disk = Pick(_disks);
        Say($"reset {disk.Id}");
        _engine.Reset(disk.Id);
        disk.Reset([]);
        disk.Parent = null;
        disk.IsTouchedKnown = true;
        disk.Touched = [];
    }

    private void DeleteSnapshot()
    {
        var alive = Alive();
        var some = alive.Where(_ => _random.Next(alive.Count) < 2).Take(3).ToList();
        if (some.Count == 0)
        {
            return;
        }

        Say($"delete snapshots {string.Join(",", some.Select(snapshot => snapshot.LayerId))}");
        _engine.DropNames([.. some.Select(snapshot => snapshot.LayerId)]);
        some.ForEach(snapshot => snapshot.IsAlive = false);
    }

    private void DeleteDisk()
    {
        if (_disks.Count > 1)
        {
            var disk = Pick(_disks);
            Say($"delete {disk.Id}");
            _engine.DropDisk(disk.Id);
            _disks.Remove(disk);
        }
    }

    private void Background(bool isIdle, int steps, long budgetBytes)
    {
        Say($"background {(isIdle ? "idle" : "busy")} {steps} of {budgetBytes}");
        var before = _engine.CompactedBytes;
        try
        {
            for (var i = 0; i < steps && _engine.Step(budgetBytes, isIdle); i++)
            {
            }
        }
        finally
        {
            CompactedBytes += _engine.CompactedBytes - before;
        }
    }

    private void CloseOne()
    {
        var disk = Pick(_disks);
        Say($"close {disk.Id}");
        _engine.CloseDisk(disk.Id);
        disk.MarkDurable();
    }

    private void Reopen()
    {
        Say("close and open");
        _engine.Dispose();
        _disks.ForEach(disk => disk.MarkDurable());
        _store = _store.Crash(CrashKind.ProcessKilled, _random);
        _engine = Open();
    }

    private void Crash(CrashKind kind)
    {
        Say($"crash {kind}");
        _store = _store.Crash(kind, _random);
        _engine = Open();
        foreach (var disk in _disks)
        {
            IEnumerable<(Dictionary<long, Sector[]>, HashSet<long>)> states =
                kind == CrashKind.PowerCut ? disk.PossibleStates() : [(disk.Blocks, disk.Touched)];
            FindState(disk, states, kind.ToString());
        }

        Alive().ForEach(CompareSnapshot);
    }

    private void FindState(
        DiskModel disk, IEnumerable<(Dictionary<long, Sector[]> Blocks, HashSet<long> Touched)> states, string cause)
    {
        var open = _engine.OpenDisk(disk.Id);
        var matching = states.Where(state => Differs(open, state.Blocks) is null).ToList();
        Require(matching.Count > 0,
            $"After {cause}, {disk.Id} is none of {disk.UndurableCount + 1} possible states: " +
            $"{Differs(open, disk.Blocks)}");
        disk.Adopt(matching[0], matching.TrueForAll(state => state.Touched.SetEquals(matching[0].Touched)));
    }

    private List<SnapshotModel> Alive() => [.. _snapshots.Where(snapshot => snapshot.IsAlive)];

    private static SnapshotModel? Root(SnapshotModel? snapshot)
    {
        while (snapshot?.Parent is not null)
        {
            snapshot = snapshot.Parent;
        }

        return snapshot;
    }

    private static void Expect(IoResult result)
    {
        if (result != IoResult.Done)
        {
            throw new RefusedException($"The request ended as {result}.");
        }
    }

    private static void Fill(Span<byte> bytes, long stamp)
    {
        for (var at = 0; at < bytes.Length; at += sizeof(long))
        {
            System.Buffers.Binary.BinaryPrimitives.WriteInt64LittleEndian(bytes[at..], stamp);
        }
    }
}
