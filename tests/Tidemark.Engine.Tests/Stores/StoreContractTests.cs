using Tidemark.Engine.Stores;

namespace Tidemark.Engine.Tests.Stores;

/// <summary>What every store promises. Each implementation runs all of it.</summary>
public abstract class StoreContractTests : IDisposable
{
    protected const int Page = 4096;
    protected const int SmallReserveBytes = 16 * Page;
    private const StoreArea Segments = StoreArea.Segments;

    protected SettableClock Clock { get; } = new();

    protected abstract Store Store { get; }

    /// <summary>Closes the store and opens it again.</summary>
    protected abstract Store Reopen();

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
    }

    [Fact]
    public void Create_refuses_an_id_that_exists()
    {
        Store.Create(Segments, 7).Dispose();

        var refused = Assert.Throws<StoreException>(() => Store.Create(Segments, 7));

        Assert.Equal(StoreFault.AlreadyExists, refused.Fault);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Open_says_missing_where_there_is_no_file(bool writable)
    {
        var refused = Assert.Throws<StoreException>(() => Store.Open(StoreArea.Index, 7, writable));

        Assert.Equal(StoreFault.Missing, refused.Fault);
    }

    [Fact]
    public void List_gives_the_ids_of_its_area_only()
    {
        long[] ids = [0, 1, 4095, 4096, 1L << 40, long.MaxValue];
        foreach (var id in ids)
            Store.Create(Segments, id).Dispose();
        Store.Create(StoreArea.Index, 5).Dispose();

        Assert.Equal(ids, Store.List(Segments).Order());
        Assert.Equal([5], Store.List(StoreArea.Index));
    }

    [Fact]
    public void Names_and_content_outlive_the_store()
    {
        using (var file = Store.Create(Segments, 9))
        {
            Write(file, 0, Pattern(3, 5000));
            Assert.Equal((Segments, 9L), (file.Area, file.Id));
        }

        var reopened = Reopen();
        using var again = reopened.Open(Segments, 9, writable: false);

        Assert.Equal([9], reopened.List(Segments));
        Assert.Equal(5000, again.LengthBytes);
        Assert.Equal(Pattern(3, 5000), ReadAll(again));
    }

    [Fact]
    public void Delete_can_be_repeated()
    {
        Store.Create(Segments, 1).Dispose();
        Store.SyncNames(Segments);

        Store.Delete(Segments, 1);
        Store.Delete(Segments, 1);
        Store.Delete(StoreArea.Index, 123456789);
        Store.SyncNames(Segments);

        Assert.Empty(Store.List(Segments));
        Assert.Equal(StoreFault.Missing, Assert.Throws<StoreException>(() => Store.Open(Segments, 1, false)).Fault);
    }

    [Fact]
    public void A_deleted_file_can_be_read_by_who_has_it_open()
    {
        using var file = Store.Create(Segments, 1);
        Write(file, 0, Pattern(1, Page));

        Store.Delete(Segments, 1);

        Assert.Equal(Pattern(1, Page), ReadAll(file));
    }

    [Fact]
    public void A_lost_file_is_purged_when_its_time_has_come()
    {
        Store.Create(Segments, 1).Dispose();
        Store.Create(StoreArea.Index, 1).Dispose();
        Store.MoveToLost(Segments, 1);
        Clock.Now += TimeSpan.FromHours(1);
        Store.MoveToLost(StoreArea.Index, 1);
        Store.SyncNames(Segments);
        Store.SyncNames(StoreArea.Index);

        Assert.Empty(Store.List(Segments));
        Assert.Empty(Store.List(StoreArea.Index));
        Assert.Equal(0, Store.PurgeLost(Clock.Now.AddHours(-1)));
        Assert.Equal(1, Store.PurgeLost(Clock.Now));
        Assert.Equal(0, Store.PurgeLost(Clock.Now));
        Assert.Equal(1, Store.PurgeLost(Clock.Now.AddHours(1)));
    }

    [Fact]
    public void Only_a_file_that_exists_can_be_moved_to_the_lost_ones()
    {
        Assert.Equal(StoreFault.Missing, Assert.Throws<StoreException>(() => Store.MoveToLost(Segments, 1)).Fault);
    }

    [Fact]
    public void An_object_is_replaced_whole()
    {
        Assert.Null(Store.ReadObject("generation"));

        Store.WriteObject("generation", Pattern(1, 6000));
        Store.WriteObject("generation", Pattern(2, 10));
        Store.WriteObject("STORE", []);

        Assert.Equal(Pattern(2, 10), Store.ReadObject("generation"));
        Assert.Equal([], Assert.IsType<byte[]>(Store.ReadObject("STORE")));
        Assert.Equal(Pattern(2, 10), Reopen().ReadObject("generation"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData(".hidden")]
    [InlineData("a/b")]
    [InlineData("a\0b")]
    [InlineData("half.tmp")]
    [InlineData("ä")]
    public void An_object_name_that_could_mean_something_else_is_refused(string name)
    {
        Assert.ThrowsAny<ArgumentException>(() => Store.WriteObject(name, [1]));
        Assert.ThrowsAny<ArgumentException>(() => Store.ReadObject(name));
    }

    [Fact]
    public void Two_spans_are_written_as_one_range()
    {
        using var file = Store.Create(Segments, 1);

        file.Write(100, Pattern(1, 5000), Pattern(2, 7000));
        file.Write(0, [], Pattern(3, 100));
        file.Write(50_000, [], []);

        byte[] expected = [.. Pattern(3, 100), .. Pattern(1, 5000), .. Pattern(2, 7000)];
        Assert.Equal(12_100, file.LengthBytes);
        Assert.Equal(expected, ReadAll(file));
    }

    [Fact]
    public void A_read_ends_where_the_file_ends()
    {
        using var file = Store.Create(Segments, 1);
        Write(file, 0, Pattern(1, 5000));
        var destination = new byte[Page];

        Assert.Equal(904, file.Read(Page, destination));
        Assert.Equal(0, file.Read(5000, destination));
        Assert.Equal(0, file.Read(1L << 40, destination));
    }

    [Fact]
    public void What_was_never_written_reads_as_zeros()
    {
        using var file = Store.Create(Segments, 1);
        Write(file, 10 * Page, [1]);
        var destination = Pattern(1, 10 * Page);

        Assert.Equal(10 * Page, file.Read(0, destination));
        Assert.All(destination, value => Assert.Equal(0, value));
    }

    [Fact]
    public void Allocation_takes_space_and_leaves_the_length()
    {
        using var file = Store.Create(Segments, 1);

        file.Allocate(0, 256 * Page);

        Assert.Equal(0, file.LengthBytes);
        Assert.InRange(file.AllocatedBytes, 256 * Page, 300 * Page);
        Assert.Equal(0, file.Read(0, new byte[10]));
    }

    [Fact]
    public void Truncation_frees_what_was_allocated_beyond_the_end()
    {
        using var file = Store.Create(Segments, 1);
        file.Allocate(0, 256 * Page);
        Write(file, 0, Pattern(1, 3 * Page));

        file.Truncate(3 * Page);

        Assert.Equal(3 * Page, file.LengthBytes);
        Assert.InRange(file.AllocatedBytes, 0, 16 * Page);
        Assert.Equal(Pattern(1, 3 * Page), ReadAll(file));
    }

    [Fact]
    public void Truncated_bytes_do_not_come_back()
    {
        using var file = Store.Create(Segments, 1);
        Write(file, 0, Pattern(1, 3 * Page));

        file.Truncate(5000);
        file.Truncate(2 * Page);

        byte[] expected = [.. Pattern(1, 3 * Page).AsSpan(0, 5000), .. new byte[(2 * Page) - 5000]];
        Assert.Equal(expected, ReadAll(file));
    }

    [Fact]
    public void A_punched_range_reads_as_zeros_and_takes_no_space()
    {
        using var file = Store.Create(Segments, 1);
        Write(file, 0, Pattern(1, 64 * Page));
        file.Sync();
        var before = file.AllocatedBytes;

        file.Punch(16 * Page, 32 * Page);
        file.Punch(100, 50);

        var expected = Pattern(1, 64 * Page);
        expected.AsSpan(16 * Page, 32 * Page).Clear();
        expected.AsSpan(100, 50).Clear();
        Assert.Equal(64 * Page, file.LengthBytes);
        Assert.Equal(expected, ReadAll(file));
        Assert.InRange(before - file.AllocatedBytes, 31 * Page, 33 * Page);
    }

    [Fact]
    public void What_was_just_written_is_resident()
    {
        using var file = Store.Create(Segments, 1);
        Write(file, 0, Pattern(1, 8 * Page));
        var destination = new byte[4 * Page];

        Assert.True(file.TryReadResident(2 * Page, destination));
        Assert.Equal(Pattern(1, 8 * Page).AsSpan(2 * Page, 4 * Page).ToArray(), destination);
    }

    [Fact]
    public void Nothing_beyond_the_end_is_resident()
    {
        using var file = Store.Create(Segments, 1);
        Write(file, 0, Pattern(1, 100));

        Assert.False(file.TryReadResident(0, new byte[101]));
        Assert.True(file.TryReadResident(0, new byte[100]));
    }

    [Fact]
    public void Content_is_the_same_after_a_sync_and_a_drop_of_memory()
    {
        using var file = Store.Create(Segments, 1);
        Write(file, 0, Pattern(1, 64 * Page));

        file.StartWriteOut(0, 64 * Page);
        file.Sync();
        file.DropResident();

        Assert.Equal(Pattern(1, 64 * Page), ReadAll(file));
        Assert.True(file.TryReadResident(0, new byte[64 * Page]));
    }

    [Fact]
    public void Disjoint_writes_may_run_side_by_side()
    {
        const int Writers = 4;
        const int PiecesEach = 200;
        const int PieceBytes = 1000;
        using var file = Store.Create(Segments, 1);

        var threads = Enumerable.Range(0, Writers).Select(writer => new Thread(() =>
        {
            for (var piece = 0; piece < PiecesEach; piece++)
                Write(file, ((piece * Writers) + writer) * PieceBytes, Pattern(writer, PieceBytes));
        })).ToArray();
        foreach (var thread in threads)
            thread.Start();
        foreach (var thread in threads)
            thread.Join();

        Assert.Equal(Writers * PiecesEach * PieceBytes, file.LengthBytes);
        var content = ReadAll(file);
        for (var piece = 0; piece < Writers * PiecesEach; piece++)
            Assert.Equal(Pattern(piece % Writers, PieceBytes), content.AsSpan(piece * PieceBytes, PieceBytes));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_file_holds_what_an_array_holds(int seed)
    {
        const int SpaceBytes = 40 * Page;
        var random = new Random(seed);
        var model = new byte[SpaceBytes];
        var lengthBytes = 0;
        using var file = Store.Create(Segments, seed);
        for (var step = 0; step < 300; step++)
        {
            var offset = random.Next(SpaceBytes);
            var bytes = new byte[random.Next(1, Math.Min(3 * Page, SpaceBytes - offset) + 1)];
            switch (random.Next(8))
            {
                case 0:
                    file.Punch(offset, bytes.Length);
                    model.AsSpan(offset, bytes.Length).Clear();
                    break;
                case 1:
                    file.Truncate(offset);
                    model.AsSpan(offset).Clear();
                    lengthBytes = offset;
                    break;
                case 2:
                    file.Allocate(offset, bytes.Length);
                    break;
                case 3:
                    file.Sync();
                    file.DropResident();
                    break;
                default:
                    random.NextBytes(bytes);
                    var split = random.Next(bytes.Length + 1);
                    file.Write(offset, bytes.AsSpan(0, split), bytes.AsSpan(split));
                    bytes.CopyTo(model, offset);
                    lengthBytes = Math.Max(lengthBytes, offset + bytes.Length);
                    break;
            }

            Assert.Equal(lengthBytes, file.LengthBytes);
            Assert.True(model.AsSpan(0, lengthBytes).SequenceEqual(ReadAll(file)), $"seed {seed}, step {step}");
        }
    }

    [Fact]
    public void A_file_opened_for_reading_refuses_writes()
    {
        Store.Create(Segments, 1).Dispose();
        using var file = Store.Open(Segments, 1, writable: false);

        Assert.Throws<StoreException>(() => Write(file, 0, [1]));
    }

    [Fact]
    public void A_range_that_no_file_can_hold_is_refused()
    {
        using var file = Store.Create(Segments, 1);

        Assert.Throws<ArgumentOutOfRangeException>(() => Write(file, -1, [1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Write(file, long.MaxValue, [1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => file.Punch(0, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Store.Create(Segments, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Store.Create((StoreArea)5, 1));
    }

    [Fact]
    public void The_reserve_can_be_given_back_and_taken_again()
    {
        Store.ReleaseReserve();
        Store.ReleaseReserve();

        Assert.True(Store.TryRestoreReserve());
        Assert.True(Store.TryRestoreReserve());
    }

    [Fact]
    public void A_closed_file_and_a_closed_store_refuse_everything()
    {
        var file = Store.Create(Segments, 1);
        file.Dispose();
        file.Dispose();
        Assert.Throws<ObjectDisposedException>(() => file.Read(0, new byte[1]));
        Assert.Throws<ObjectDisposedException>(() => file.Sync());

        var store = Store;
        store.Dispose();
        store.Dispose();
        Assert.Throws<ObjectDisposedException>(() => store.List(Segments));
        Assert.Throws<ObjectDisposedException>(() => store.Create(Segments, 2));
        Assert.Throws<ObjectDisposedException>(() => store.ReadObject("x"));
    }

    protected static byte[] Pattern(int seed, int lengthBytes)
    {
        var bytes = new byte[lengthBytes];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    protected static void Write(StoreFile file, long offset, byte[] bytes) => file.Write(offset, bytes, []);

    protected static byte[] ReadAll(StoreFile file)
    {
        var content = new byte[file.LengthBytes];
        Assert.Equal(content.Length, file.Read(0, content));
        return content;
    }
}
