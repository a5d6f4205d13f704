using Tidemark.Engine.Index;
using Tidemark.Engine.Stores;

namespace Tidemark.Engine.Tests.Index;

public class OpenFileCacheTests
{
    [Fact]
    public void Files_stay_open_up_to_the_bound_and_the_least_recently_used_is_closed()
    {
        using var store = StoreWithFiles(4);
        using var cache = new OpenFileCache(store, filesMax: 2);

        foreach (var id in new long[] { 1, 2, 1, 3, 1, 3, 2 })
            Assert.Equal(id, ReadOne(cache, id));

        // 1, 2 and 3 are opened once each, and 2, which 3 drove out, again.
        Assert.Equal(4, store.OpenCount);
        Assert.Equal(2, store.OpenCount - store.CloseCount);
    }

    [Fact]
    public void A_forgotten_file_is_closed_and_opened_again_on_demand()
    {
        using var store = StoreWithFiles(1);
        using var cache = new OpenFileCache(store, filesMax: 2);
        ReadOne(cache, 1);

        cache.Forget(1);
        cache.Forget(9);

        Assert.Equal(store.OpenCount, store.CloseCount);
        Assert.Equal(1, ReadOne(cache, 1));
    }

    [Fact]
    public void Threads_that_read_and_forget_side_by_side_get_their_bytes_and_leave_nothing_open()
    {
        using var store = StoreWithFiles(8);
        using (var cache = new OpenFileCache(store, filesMax: 3))
        {
            var threads = Enumerable.Range(0, 4).Select(seed => new Thread(() => ReadAtRandom(cache, seed))).ToList();
            threads.ForEach(thread => thread.Start());
            threads.ForEach(thread => thread.Join());
        }

        Assert.Equal(store.OpenCount, store.CloseCount);
        Assert.Equal(0, store.WrongReads);
    }

    [Fact]
    public void Directories_are_kept_up_to_their_bound_and_the_latest_always()
    {
        using var bench = new ChunkBench();
        var runs = Enumerable.Range(1, 3)
            .Select(number => bench.WriteRun(number, ChunkRunTests.RandomFlat(new Random(number), 50, 900)));
        var rows = runs.Select(run => run.Chunks[0].Row).ToArray();
        var directories = rows.Select(bench.Files.ReadDirectory).ToArray();
        var cache = new DirectoryCache(directories[0].FootprintBytes + directories[1].FootprintBytes);

        cache.Add(new ChunkPlace(false, 1), directories[0]);
        cache.Add(new ChunkPlace(false, 2), directories[1]);
        Assert.Same(directories[0], cache.Find(new ChunkPlace(false, 1)));
        cache.Add(new ChunkPlace(true, 1), directories[2]);

        Assert.Null(cache.Find(new ChunkPlace(false, 2)));
        Assert.Same(directories[2], cache.Find(new ChunkPlace(true, 1)));
        cache.Forget(new ChunkPlace(true, 1));
        Assert.Null(cache.Find(new ChunkPlace(true, 1)));
    }

    private static void ReadAtRandom(OpenFileCache cache, int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 2000; round++)
        {
            var id = random.Next(1, 9);
            if (random.Next(10) == 0)
                cache.Forget(id);
            else
                ReadOne(cache, id);
        }
    }

    private static long ReadOne(OpenFileCache cache, long id)
    {
        var octet = new byte[1];
        Assert.Equal(1, cache.Read(id, 0, octet));
        return octet[0];
    }

    private static CountingStore StoreWithFiles(int count) => new(count);

    /// <summary>Files of one byte, their id; counts what is opened and closed, and reads after a close.</summary>
    private sealed class CountingStore(int fileCount) : Store
    {
        private int _openCount;
        private int _closeCount;
        private int _wrongReads;

        public int OpenCount => _openCount;

        public int CloseCount => _closeCount;

        public int WrongReads => _wrongReads;

        public override long FreeBytes => 0;

        protected override StoreFile OpenCore(StoreArea area, long id, bool writable)
        {
            Interlocked.Increment(ref _openCount);
            return id <= fileCount ? new OneByteFile(this, id) : throw new StoreException(StoreFault.Missing, $"{id}");
        }

        protected override StoreFile CreateCore(StoreArea area, long id) => throw new NotSupportedException();

        protected override void DeleteCore(StoreArea area, long id) => throw new NotSupportedException();

        protected override void MoveToLostCore(StoreArea area, long id) => throw new NotSupportedException();

        public override int PurgeLost(DateTimeOffset before) => throw new NotSupportedException();

        public override IReadOnlyList<long> List(StoreArea area) => throw new NotSupportedException();

        public override void SyncNames(StoreArea area) => throw new NotSupportedException();

        protected override byte[]? ReadObjectCore(string name) => throw new NotSupportedException();

        protected override void WriteObjectCore(string name, ReadOnlySpan<byte> content) =>
            throw new NotSupportedException();

        public override bool IsReserveHeld => true;

        public override void ReleaseReserve() => throw new NotSupportedException();

        public override bool TryRestoreReserve() => throw new NotSupportedException();

        private sealed class OneByteFile(CountingStore store, long id) : StoreFile
        {
            private bool _isClosed;

            public override StoreArea Area => StoreArea.Index;

            public override long Id => id;

            public override string Name => $"{id}";

            public override long LengthBytes => 1;

            public override long AllocatedBytes => 1;

            protected override int ReadCore(long offset, Span<byte> destination)
            {
                if (_isClosed)
                    Interlocked.Increment(ref store._wrongReads);
                destination[0] = (byte)id;
                return 1;
            }

            protected override void WriteCore(long offset, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second) =>
                throw new NotSupportedException();

            protected override bool TryReadResidentCore(long offset, Span<byte> destination) => false;

            protected override void AllocateCore(long offset, long lengthBytes) => throw new NotSupportedException();

            protected override void StartWriteOutCore(long offset, long lengthBytes) =>
                throw new NotSupportedException();

            public override void Sync() => throw new NotSupportedException();

            protected override void PunchCore(long offset, long lengthBytes) => throw new NotSupportedException();

            protected override void TruncateCore(long lengthBytes) => throw new NotSupportedException();

            public override void DropResident() => throw new NotSupportedException();

            protected override void Dispose(bool disposing)
            {
                Assert.False(_isClosed);
                _isClosed = true;
                Interlocked.Increment(ref store._closeCount);
                base.Dispose(disposing);
            }
        }
    }
}
