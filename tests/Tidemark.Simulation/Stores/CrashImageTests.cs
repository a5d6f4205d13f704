using Tidemark.Engine.Stores;

namespace Tidemark.Simulation.Stores;

public sealed class CrashImageTests : IDisposable
{
    private const StoreArea Segments = StoreArea.Segments;
    private const int Page = 4096;
    private const int Seeds = 150;

    private readonly TemporaryFolder _folder = new();
    private readonly DirectoryStore _store;
    private int _images;

    public CrashImageTests() => _store = new(_folder.At("store"), Options);

    private static DirectoryStoreOptions Options => new() { ReserveSizeBytes = 0 };

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void What_was_synced_is_in_every_image()
    {
        using var recording = SystemCallRecording.Start(_store);
        using var file = _store.Create(Segments, 1);
        file.Write(0, Filled(1, 1000), Filled(2, 2 * Page));
        file.Sync();
        _store.SyncNames(Segments);
        var promised = recording.Count;
        file.Write(1000 + (2 * Page), Filled(3, Page), []);
        _store.Create(Segments, 2).Dispose();

        byte[] expected = [.. Filled(1, 1000), .. Filled(2, 2 * Page)];
        for (var cutAt = promised; cutAt <= recording.Count; cutAt++)
        {
            ForEachImage(recording, cutAt, store =>
            {
                var content = Read(store, 1);
                Assert.InRange(content.Length, expected.Length, expected.Length + Page);
                Assert.Equal(expected, content[..expected.Length]);
                return true;
            });
        }
    }

    [Fact]
    public void Each_page_that_was_not_synced_is_old_or_new_or_torn()
    {
        using var file = Synced(1, Filled(1, 3 * Page));
        using var recording = SystemCallRecording.Start(_store);
        file.Write(0, Filled(2, 3 * Page), []);

        var outcomes = ForEachImage(recording, recording.Count, store =>
        {
            var content = Read(store, 1);
            Assert.Equal(3 * Page, content.Length);
            Assert.All(content.Chunk(512), sector => Assert.Single(sector.Distinct()));
            return string.Concat(content.Chunk(Page).Select(
                page => page.Distinct().Count() > 1 ? 't' : (char)('0' + page[0])));
        });

        Assert.Superset(new HashSet<string> { "111", "112", "121", "122", "211", "212", "221", "222" }, outcomes);
        Assert.Contains(outcomes, outcome => outcome.Contains('t', StringComparison.Ordinal));
    }

    [Fact]
    public void A_page_that_was_changed_twice_may_be_as_between()
    {
        using var file = Synced(1, Filled(1, Page));
        using var recording = SystemCallRecording.Start(_store);
        file.Write(0, Filled(2, Page), []);
        file.Write(0, Filled(3, Page), []);

        var outcomes = ForEachImage(recording, recording.Count, store => (int)Read(store, 1)[0]);

        Assert.Equal([1, 2, 3], outcomes.Order());
    }

    [Fact]
    public void A_punch_without_a_sync_may_be_undone()
    {
        using var file = Synced(1, Filled(1, 2 * Page));
        using var recording = SystemCallRecording.Start(_store);
        file.Punch(0, 2 * Page);

        var before = ForEachImage(recording, recording.Count, store => (int)Read(store, 1)[0]);
        file.Sync();
        var after = ForEachImage(recording, recording.Count, store => (int)Read(store, 1)[0]);

        Assert.Equal([0, 1], before.Order());
        Assert.Equal([0], after);
    }

    [Fact]
    public void A_length_without_a_sync_may_be_any_between()
    {
        using var file = Synced(1, Filled(1, 2 * Page));
        using var recording = SystemCallRecording.Start(_store);
        file.Truncate(Page);
        file.Write(Page, Filled(2, 3 * Page), []);

        var lengths = ForEachImage(recording, recording.Count, store => Read(store, 1).Length);

        Assert.All(lengths, length => Assert.InRange(length, Page, 4 * Page));
        Assert.Contains(2 * Page, lengths);
        Assert.Contains(4 * Page, lengths);
        Assert.Contains(lengths, length => length < 2 * Page);
    }

    [Fact]
    public void A_file_whose_name_was_not_synced_may_vanish_although_its_content_was()
    {
        using var recording = SystemCallRecording.Start(_store);
        using var file = _store.Create(Segments, 1);
        file.Write(0, Filled(1, Page), []);
        file.Sync();

        var without = ForEachImage(recording, recording.Count, Ids);
        _store.SyncNames(Segments);
        var with = ForEachImage(recording, recording.Count, Ids);

        Assert.Equal(["", "1"], without.Order());
        Assert.Equal(["1"], with);
    }

    [Fact]
    public void Names_that_were_not_synced_stay_or_go_each_on_its_own()
    {
        using var one = Synced(1, Filled(1, 10));
        using var two = Synced(2, Filled(2, 10));
        using var recording = SystemCallRecording.Start(_store);
        _store.Create(Segments, 3).Dispose();
        _store.Delete(Segments, 1);
        _store.MoveToLost(Segments, 2);

        var outcomes = ForEachImage(recording, recording.Count, store =>
        {
            var ids = Ids(store);
            return $"{ids} and {store.PurgeLost(DateTimeOffset.MaxValue)} lost";
        });
        _store.SyncNames(Segments);
        var synced = ForEachImage(recording, recording.Count, Ids);

        string[] possible =
        [
            "1 2 3 and 0 lost", "1 2 and 0 lost", "1 3 and 1 lost", "1 and 1 lost",
            "2 3 and 0 lost", "2 and 0 lost", "3 and 1 lost", " and 1 lost",
        ];
        Assert.Equal(possible.Order(StringComparer.Ordinal), outcomes.Order(StringComparer.Ordinal));
        Assert.Equal(["3"], synced);
    }

    [Fact]
    public void A_change_never_stays_without_the_one_that_it_needs()
    {
        using var recording = SystemCallRecording.Start(_store);
        _store.Create(Segments, 1).Dispose();
        _store.MoveToLost(Segments, 1);

        var outcomes = ForEachImage(
            recording, recording.Count, store => (Ids(store), store.PurgeLost(DateTimeOffset.MaxValue)));

        Assert.Equal([("", 0), ("", 1), ("1", 0)], outcomes.Order());
    }

    [Fact]
    public void An_object_is_before_or_after_at_every_cut()
    {
        _store.WriteObject("state", Filled(1, 2 * Page));
        using var recording = SystemCallRecording.Start(_store);
        _store.WriteObject("state", Filled(2, Page));

        var seen = new HashSet<int>();
        for (var cutAt = 0; cutAt <= recording.Count; cutAt++)
        {
            var isAnswered = cutAt == recording.Count;
            seen.UnionWith(ForEachImage(recording, cutAt, store =>
            {
                var content = store.ReadObject("state") ?? [];
                var value = content.Distinct().Single();
                Assert.Equal(value == 1 ? 2 * Page : Page, content.Length);
                Assert.True(value == 2 || !isAnswered, "The new object was answered and is not there.");
                return (int)value;
            }));
        }

        Assert.Equal([1, 2], seen.Order());
    }

    [Fact]
    public void A_new_folder_is_there_for_every_file_that_was_promised()
    {
        using var recording = SystemCallRecording.Start(_store);
        using var file = _store.Create(Segments, 1L << 30);
        file.Write(0, Filled(1, 10), []);
        file.Sync();
        _store.SyncNames(Segments);

        for (var cutAt = 0; cutAt <= recording.Count; cutAt++)
        {
            var isPromised = cutAt == recording.Count;
            ForEachImage(recording, cutAt, store =>
            {
                Assert.True(!isPromised || store.List(Segments).Count == 1);
                return true;
            });
        }
    }

    [Fact]
    public void The_same_seed_builds_the_same_image()
    {
        using var recording = SystemCallRecording.Start(_store);
        using var file = _store.Create(Segments, 1);
        for (var step = 0; step < 30; step++)
            file.Write(step * 3000, Filled((byte)step, 5000), []);
        _store.SyncNames(Segments);

        for (var seed = 0; seed < 20; seed++)
        {
            var contents = new List<byte[]>();
            for (var repeat = 0; repeat < 2; repeat++)
            {
                using var store = Build(recording, recording.Count, seed);
                contents.Add(Read(store, 1));
            }

            Assert.Equal(contents[0], contents[1]);
        }
    }

    [Fact]
    public void A_write_beside_a_sync_is_covered_only_when_it_was_done_before()
    {
        var file = new ImageFile(Filled(1, Page));
        file.Write(0, 0, Filled(2, Page));
        file.Write(1, 0, Filled(3, Page));

        file.Sync(covers: 1);

        var outcomes = new HashSet<int>();
        for (var seed = 0; seed < Seeds; seed++)
        {
            var path = _folder.At($"file-{seed}");
            file.Materialise(path, new Random(seed));
            outcomes.Add(File.ReadAllBytes(path)[0]);
        }

        Assert.Equal([2, 3], outcomes.Order());
    }

    [Fact]
    public void Every_page_of_every_image_was_there_at_a_time_since_the_last_sync()
    {
        const int SpacePages = 8;
        var random = new Random(1);
        using var recording = SystemCallRecording.Start(_store);
        using var file = _store.Create(Segments, 1);
        file.Write(0, new byte[SpacePages * Page], []);
        _store.SyncNames(Segments);
        file.Sync();
        var moments = new List<(int Count, bool IsSynced, byte[] Content)>();
        for (byte step = 1; step < 60; step++)
        {
            var isSynced = random.Next(6) == 0;
            if (isSynced)
                file.Sync();
            else
                file.Write(random.Next(SpacePages - 1) * Page, Filled(step, Page), Filled(step, Page));
            var content = new byte[SpacePages * Page];
            file.Read(0, content);
            moments.Add((recording.Count, isSynced, content));
        }

        for (var last = 1; last < moments.Count; last++)
        {
            var since = moments.FindLastIndex(last, moment => moment.IsSynced);
            if (since < 0)
                continue;
            using var store = Build(recording, moments[last].Count, seed: last);
            var left = Read(store, 1);
            for (var offset = 0; offset < left.Length; offset += 512)
            {
                var possible = moments[since..(last + 1)].Select(moment => moment.Content[offset]);
                Assert.True(possible.Contains(left[offset]), $"seed {last}, offset {offset}");
            }
        }
    }

    private static byte[] Filled(byte value, int lengthBytes)
    {
        var bytes = new byte[lengthBytes];
        bytes.AsSpan().Fill(value);
        return bytes;
    }

    private static byte[] Read(DirectoryStore store, long id)
    {
        using var file = store.Open(Segments, id, writable: false);
        var content = new byte[file.LengthBytes];
        Assert.Equal(content.Length, file.Read(0, content));
        return content;
    }

    private static string Ids(DirectoryStore store) => string.Join(' ', store.List(Segments).Order());

    private StoreFile Synced(long id, byte[] content)
    {
        var file = _store.Create(Segments, id);
        file.Write(0, content, []);
        file.Sync();
        _store.SyncNames(Segments);
        return file;
    }

    private DirectoryStore Build(SystemCallRecording recording, int cutAt, int seed)
    {
        var target = _folder.At($"image-{_images++}");
        CrashImage.Build(recording, cutAt, seed, target);
        return new(target, Options);
    }

    private HashSet<T> ForEachImage<T>(SystemCallRecording recording, int cutAt, Func<DirectoryStore, T> look)
    {
        var outcomes = new HashSet<T>();
        for (var seed = 0; seed < Seeds; seed++)
        {
            using var store = Build(recording, cutAt, seed);
            try
            {
                outcomes.Add(look(store));
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"Image cut at {cutAt}, seed {seed}.", exception);
            }

            Directory.Delete(store.DirectoryPath, recursive: true);
        }

        return outcomes;
    }
}
