using Tidemark.Engine.Stores;

namespace Tidemark.Engine.Tests.Stores;

public sealed class SimulatedStoreTests : StoreContractTests
{
    private const StoreArea Segments = StoreArea.Segments;
    private const int Seeds = 200;

    private SimulatedStore _store;

    public SimulatedStoreTests() => _store = New();

    protected override Store Store => _store;

    protected override Store Reopen() => _store = _store.Crash(CrashKind.ProcessKilled, new Random(1));

    [Fact]
    public void A_power_cut_keeps_what_was_synced()
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            var store = New();
            using var file = store.Create(Segments, 1);
            Write(file, 0, Pattern(1, 10_000));
            file.Sync();
            store.SyncNames(Segments);
            Write(file, 10_000, Pattern(2, 10_000));

            using var left = Cut(store, seed).Open(Segments, 1, writable: false);

            Assert.InRange(left.LengthBytes, 10_000, 20_000);
            Assert.True(Pattern(1, 10_000).AsSpan().SequenceEqual(ReadAll(left).AsSpan(0, 10_000)), $"seed {seed}");
        }
    }

    [Fact]
    public void A_power_cut_leaves_any_part_of_what_was_not_synced()
    {
        var outcomes = new HashSet<string>();
        for (var seed = 0; seed < Seeds; seed++)
        {
            var store = New();
            using var file = store.Create(Segments, 1);
            Write(file, 0, Filled(1, 3 * Page));
            file.Sync();
            store.SyncNames(Segments);
            Write(file, 0, Filled(2, 3 * Page));

            using var left = Cut(store, seed).Open(Segments, 1, writable: false);
            var content = ReadAll(left);

            Assert.Equal(3 * Page, content.Length);
            Assert.All(content.Chunk(512), sector => Assert.Single(sector.Distinct()));
            outcomes.Add(string.Concat(content.Chunk(Page).Select(Outcome)));
        }

        Assert.Superset(new HashSet<string> { "111", "112", "121", "122", "211", "212", "221", "222" }, outcomes);
        Assert.Contains(outcomes, outcome => outcome.Contains('t', StringComparison.Ordinal));
    }

    [Fact]
    public void What_was_written_out_may_stay_although_it_was_changed_since()
    {
        var outcomes = new HashSet<int>();
        for (var seed = 0; seed < Seeds; seed++)
        {
            var store = New();
            using var file = store.Create(Segments, 1);
            Write(file, 0, Filled(1, Page));
            file.Sync();
            store.SyncNames(Segments);
            Write(file, 0, Filled(2, Page));
            file.StartWriteOut(0, Page);
            Write(file, 0, Filled(3, Page));

            using var left = Cut(store, seed).Open(Segments, 1, writable: false);
            outcomes.Add(ReadAll(left)[0]);
        }

        Assert.Equal([1, 2, 3], outcomes.Order());
    }

    [Fact]
    public void A_name_without_a_sync_may_be_there_or_not()
    {
        var created = new HashSet<bool>();
        var deleted = new HashSet<bool>();
        var moved = new HashSet<(bool, int)>();
        for (var seed = 0; seed < Seeds; seed++)
        {
            var store = New();
            store.Create(Segments, 1).Dispose();
            store.Create(Segments, 2).Dispose();
            store.SyncNames(Segments);
            store.Create(Segments, 3).Dispose();
            store.Delete(Segments, 1);
            store.MoveToLost(Segments, 2);

            var left = Cut(store, seed);
            var ids = left.List(Segments);
            created.Add(ids.Contains(3));
            deleted.Add(!ids.Contains(1));
            moved.Add((ids.Contains(2), left.PurgeLost(DateTimeOffset.MaxValue)));
        }

        Assert.Equal(2, created.Count);
        Assert.Equal(2, deleted.Count);
        Assert.Equal([(false, 1), (true, 0)], moved.Order());
    }

    [Fact]
    public void A_synced_name_is_there_and_a_synced_removal_stays()
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            var store = New();
            store.Create(Segments, 1).Dispose();
            store.Create(Segments, 2).Dispose();
            store.Delete(Segments, 1);
            store.SyncNames(Segments);

            Assert.Equal([2], Cut(store, seed).List(Segments));
        }
    }

    [Fact]
    public void A_file_that_was_made_and_removed_between_two_syncs_can_come_back()
    {
        var outcomes = new HashSet<int>();
        for (var seed = 0; seed < Seeds; seed++)
        {
            var store = New();
            store.Create(Segments, 1).Dispose();
            store.Delete(Segments, 1);
            outcomes.Add(Cut(store, seed).List(Segments).Count);
        }

        Assert.Equal([0, 1], outcomes.Order());
    }

    [Fact]
    public void The_death_of_the_process_loses_nothing_and_settles_nothing()
    {
        using var file = _store.Create(Segments, 1);
        Write(file, 0, Pattern(1, 10_000));

        var killed = _store.Crash(CrashKind.ProcessKilled, new Random(1));
        using (var found = killed.Open(Segments, 1, writable: false))
            Assert.Equal(Pattern(1, 10_000), ReadAll(found));

        var outcomes = Enumerable.Range(0, Seeds).Select(seed =>
        {
            var store = New();
            store.Create(Segments, 1).Dispose();
            return Cut(store.Crash(CrashKind.ProcessKilled, new Random(seed)), seed).List(Segments).Count;
        });
        Assert.Equal([0, 1], outcomes.Distinct().Order());
    }

    [Fact]
    public void After_a_crash_the_old_handles_are_dead()
    {
        var file = _store.Create(Segments, 1);

        var left = _store.Crash(CrashKind.ProcessKilled, new Random(1));

        Assert.Throws<StoreException>(() => Write(file, 0, [1]));
        Assert.Throws<StoreException>(() => file.Read(0, new byte[1]));
        Assert.Throws<StoreException>(() => file.LengthBytes);
        Assert.Throws<StoreException>(file.Sync);
        Assert.Throws<StoreException>(() => _store.Create(Segments, 2));
        Assert.Throws<StoreException>(() => _store.Delete(Segments, 1));
        Assert.Throws<StoreException>(() => _store.Crash(CrashKind.PowerCut, new Random(1)));
        file.Dispose();
        Assert.Equal([1], left.List(Segments));
    }

    [Fact]
    public void The_same_seed_leaves_the_same()
    {
        byte[] Left(int seed)
        {
            var store = New();
            using var file = store.Create(Segments, 1);
            for (var step = 0; step < 50; step++)
                Write(file, step * 3000, Pattern(step, 5000));
            store.SyncNames(Segments);
            using var left = Cut(store, seed).Open(Segments, 1, writable: false);
            return ReadAll(left);
        }

        for (var seed = 0; seed < 20; seed++)
            Assert.Equal(Left(seed), Left(seed));
    }

    [Fact]
    public void A_failed_sync_loses_the_pages_and_looks_clean()
    {
        using var file = _store.Create(Segments, 1);
        Write(file, 0, Filled(1, Page));
        file.Sync();
        _store.SyncNames(Segments);
        Write(file, 0, Filled(2, Page));
        _store.Fail(SimulatedOperation.Sync, 1, StoreFault.Io);

        Assert.Equal(StoreFault.Io, Assert.Throws<StoreException>(file.Sync).Fault);
        Assert.Equal(Filled(2, Page), ReadAll(file));
        file.Sync();
        Assert.Equal(Filled(2, Page), ReadAll(file));

        file.DropResident();
        Assert.False(file.TryReadResident(0, new byte[Page]));
        Assert.Equal(Filled(1, Page), ReadAll(file));
        using var left = Cut(_store, 1).Open(Segments, 1, writable: false);
        Assert.Equal(Filled(1, Page), ReadAll(left));
    }

    [Fact]
    public void A_failed_sync_of_names_is_final_and_settles_nothing()
    {
        _store.Create(Segments, 1).Dispose();
        _store.Fail(SimulatedOperation.SyncNames, 1, StoreFault.Io);

        Assert.Throws<StoreException>(() => _store.SyncNames(Segments));
        Assert.Throws<StoreException>(() => _store.SyncNames(Segments));
        _store.SyncNames(StoreArea.Index);
    }

    [Fact]
    public void The_chosen_operation_fails_and_no_other()
    {
        using var file = _store.Create(Segments, 1);
        _store.Fail(SimulatedOperation.Write, 3, StoreFault.Io);

        Write(file, 0, Filled(1, Page));
        file.Sync();
        Write(file, 0, Filled(2, Page));
        Assert.Throws<StoreException>(() => Write(file, 0, Filled(3, Page)));
        Assert.Equal([.. Filled(3, Page / 2), .. Filled(2, Page / 2)], ReadAll(file));
        Write(file, 0, Filled(4, Page));

        _store.FailFrom(SimulatedOperation.Any, 2, StoreFault.NoSpace);
        _ = _store.List(Segments);
        Assert.Equal(StoreFault.NoSpace, Assert.Throws<StoreException>(() => _store.List(Segments)).Fault);
        Assert.Equal(StoreFault.NoSpace, Assert.Throws<StoreException>(() => file.Read(0, new byte[1])).Fault);
    }

    [Fact]
    public void A_planted_power_cut_stops_everything_in_the_middle()
    {
        var outcomes = new HashSet<int>();
        for (var seed = 0; seed < Seeds; seed++)
        {
            var store = New();
            using var file = store.Create(Segments, 1);
            Write(file, 0, Filled(1, Page));
            file.Sync();
            store.SyncNames(Segments);
            store.WriteObject("state", [1]);
            Write(file, 0, Filled(2, Page));
            store.CutPowerAt(2);

            _ = store.List(Segments);
            Assert.False(store.IsPowerCut);
            Assert.Throws<StoreException>(() => store.WriteObject("state", [2]));
            Assert.True(store.IsPowerCut);
            Assert.Throws<StoreException>(file.Sync);
            Assert.Throws<StoreException>(() => file.StartWriteOut(0, Page));

            var left = Cut(store, seed);
            outcomes.Add(left.ReadObject("state") is [var state] ? 10 + state : 0);
            using var found = left.Open(Segments, 1, writable: false);
            outcomes.Add(ReadAll(found)[0]);
        }

        Assert.Equal([1, 2, 11, 12], outcomes.Order());
    }

    [Fact]
    public void The_device_is_full_when_its_capacity_is_used()
    {
        var store = New(capacityPages: 10 + 16);
        Assert.Equal(10 * Page, store.FreeBytes);
        using var file = store.Create(Segments, 1);
        file.Allocate(0, 4 * Page);
        Assert.Equal(6 * Page, store.FreeBytes);

        Write(file, 0, Filled(1, 8 * Page));
        var refused = Assert.Throws<StoreException>(() => Write(file, 8 * Page, Filled(2, 3 * Page)));
        Assert.Equal(StoreFault.NoSpace, refused.Fault);
        Assert.Equal((0L, 10L * Page), (store.FreeBytes, file.LengthBytes));
        Assert.Equal(
            StoreFault.NoSpace, Assert.Throws<StoreException>(() => file.Allocate(10 * Page, 1)).Fault);
        Assert.Equal(
            StoreFault.NoSpace, Assert.Throws<StoreException>(() => store.WriteObject("state", [1])).Fault);
        Write(file, 0, Filled(3, 10 * Page));

        file.Punch(0, 2 * Page);
        Assert.Equal(2 * Page, store.FreeBytes);
        store.ReleaseReserve();
        Assert.Equal(18 * Page, store.FreeBytes);
        file.Truncate(3 * Page);
        Assert.Equal((25L * Page, (long)Page), (store.FreeBytes, file.AllocatedBytes));
        Assert.True(store.TryRestoreReserve());
    }

    [Fact]
    public void A_deleted_file_gives_its_space_back_when_the_last_handle_is_closed()
    {
        var store = New(capacityPages: 10 + 16);
        var file = store.Create(Segments, 1);
        Write(file, 0, Filled(1, 4 * Page));

        store.Delete(Segments, 1);
        Assert.Equal(6 * Page, store.FreeBytes);

        file.Dispose();
        file.Dispose();
        Assert.Equal(10 * Page, store.FreeBytes);
    }

    [Fact]
    public void Space_is_counted_anew_after_a_crash()
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            var store = New(capacityPages: 100);
            for (var id = 0; id < 6; id++)
            {
                using var file = store.Create(Segments, id);
                Write(file, 0, Pattern(id, 3 * Page));
                if (id % 2 == 0)
                    file.Sync();
            }

            store.SyncNames(Segments);
            store.Delete(Segments, 0);
            store.Delete(Segments, 1);

            var left = Cut(store, seed);
            var files = left.List(Segments).Select(id => left.Open(Segments, id, writable: true)).ToArray();
            Assert.Equal((100 - 16) * (long)Page, left.FreeBytes + files.Sum(file => file.AllocatedBytes));
            foreach (var file in files)
            {
                left.Delete(Segments, file.Id);
                file.Dispose();
            }

            Assert.Equal((100 - 16) * (long)Page, left.FreeBytes);
        }
    }

    [Fact]
    public void Bytes_beyond_the_length_that_a_power_cut_left_are_zeros()
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            var store = New();
            using var file = store.Create(Segments, 1);
            store.SyncNames(Segments);
            Write(file, 0, Filled(1, 5 * Page));

            using var left = Cut(store, seed).Open(Segments, 1, writable: true);
            var lengthBytes = (int)left.LengthBytes;
            left.Truncate(5 * Page);

            Assert.All(ReadAll(left)[lengthBytes..], value => Assert.Equal(0, value));
        }
    }

    [Fact]
    public void Every_sector_that_a_power_cut_left_was_there_at_a_time_since_the_last_sync()
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            var random = new Random(seed);
            var store = New();
            using var file = store.Create(Segments, 1);
            store.SyncNames(Segments);
            var history = new List<byte[]> { Array.Empty<byte>() };
            for (var steps = random.Next(40); steps > 0; steps--)
            {
                ChangeAtRandom(file, random);
                if (random.Next(6) == 0)
                {
                    file.Sync();
                    history.Clear();
                }

                history.Add(ReadAll(file));
            }

            using var left = Cut(store, seed).Open(Segments, 1, writable: false);
            AssertWasThere(ReadAll(left), history, $"seed {seed}");
        }
    }

    private static void ChangeAtRandom(StoreFile file, Random random)
    {
        const int SpaceBytes = 12 * Page;
        var offset = random.Next(SpaceBytes);
        var bytes = new byte[random.Next(1, 3 * Page)];
        random.NextBytes(bytes);
        switch (random.Next(6))
        {
            case 0:
                file.Punch(offset, bytes.Length);
                break;
            case 1:
                file.Truncate(offset);
                break;
            case 2:
                file.StartWriteOut(offset, bytes.Length);
                break;
            default:
                Write(file, offset, bytes);
                break;
        }
    }

    private static void AssertWasThere(byte[] content, List<byte[]> history, string seed)
    {
        const int Sector = 512;
        Assert.InRange(content.Length, history.Min(state => state.Length), history.Max(state => state.Length));
        for (var offset = 0; offset < content.Length; offset += Sector)
        {
            var found = content.AsSpan(offset, Math.Min(Sector, content.Length - offset)).ToArray();
            var wasThere = history.Exists(state => found.AsSpan().SequenceEqual(Padded(state, offset, found.Length)));
            Assert.True(wasThere, $"{seed}: the sector at {offset} was never there since the last sync.");
        }
    }

    private static byte[] Padded(byte[] state, int offset, int lengthBytes)
    {
        var sector = new byte[lengthBytes];
        if (offset < state.Length)
            state.AsSpan(offset, Math.Min(lengthBytes, state.Length - offset)).CopyTo(sector);
        return sector;
    }

    private static SimulatedStore Cut(SimulatedStore store, int seed) => store.Crash(CrashKind.PowerCut, new(seed));

    private static char Outcome(byte[] page) => page.Distinct().Count() > 1 ? 't' : (char)('0' + page[0]);

    private static byte[] Filled(byte value, int lengthBytes)
    {
        var bytes = new byte[lengthBytes];
        bytes.AsSpan().Fill(value);
        return bytes;
    }

    private SimulatedStore New(long capacityPages = 1 << 30) => new(new SimulatedStoreOptions
    {
        CapacityBytes = capacityPages * Page,
        ReserveSizeBytes = SmallReserveBytes,
        Clock = Clock,
    });
}
