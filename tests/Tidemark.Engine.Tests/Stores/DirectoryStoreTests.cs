using System.Text;
using Tidemark.Engine.Stores;

namespace Tidemark.Engine.Tests.Stores;

public sealed class DirectoryStoreTests : StoreContractTests
{
    private readonly TemporaryFolder _folder = new();
    private DirectoryStore _store;

    public DirectoryStoreTests() => _store = Open();

    protected override Store Store => _store;

    private string Root => Path.Combine(_folder.Path, "parent", "store");

    protected override Store Reopen()
    {
        _store.Dispose();
        return _store = Open();
    }

    protected override void Dispose(bool disposing)
    {
        _store.Dispose();
        _folder.Dispose();
        base.Dispose(disposing);
    }

    [Fact]
    public void A_second_opener_is_refused_and_told_who_holds_the_store()
    {
        var refused = Assert.Throws<StoreException>(() => Open());

        Assert.Equal(StoreFault.NotOwned, refused.Fault);
        Assert.Contains($"process {Environment.ProcessId} ", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_refused_opener_leaves_the_lock_where_it_is()
    {
        Assert.Throws<StoreException>(() => Open());
        Assert.Throws<StoreException>(() => Open());

        _store.Dispose();

        _store = Open();
        using var file = new LibC().Open(Path.Combine(Root, "LOCK"), OpenFlags.Read);
        var owner = new byte[100];
        var ownerText = Encoding.ASCII.GetString(owner, 0, new LibC().Read(file, 0, owner));
        Assert.Equal($"{Environment.ProcessId}\n", ownerText);
    }

    [Fact]
    public void Everything_lies_where_the_format_page_says()
    {
        _store.Create(StoreArea.Segments, 0x12345678).Dispose();
        _store.Create(StoreArea.Index, 0xABC).Dispose();
        _store.Create(StoreArea.Segments, 0x11).Dispose();
        _store.MoveToLost(StoreArea.Segments, 0x11);
        _store.WriteObject("STORE", [1]);
        _store.WriteObject("state", [2]);

        var lost = $"lost/{Clock.Now.ToUnixTimeSeconds()}-segments-0000000000000011";
        string[] expected =
        [
            "LOCK", "STORE", "index/00000000/0000000000000abc.idx", lost, "objects/state", "reserve",
            "segments/00012345/0000000012345678.seg",
        ];
        var found = Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Root, path));
        Assert.Equal(expected, found.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_reserve_is_really_allocated_and_really_given_back()
    {
        using var other = new DirectoryStore(Path.Combine(_folder.Path, "other"), new());
        var path = Path.Combine(_folder.Path, "other", "reserve");
        Assert.InRange(AllocatedBytes(path), 64L << 20, 65L << 20);

        other.ReleaseReserve();
        Assert.Equal(0, AllocatedBytes(path));

        Assert.True(other.TryRestoreReserve());
        Assert.InRange(AllocatedBytes(path), 64L << 20, 65L << 20);
    }

    [Fact]
    public void A_full_file_system_refuses_allocation_and_the_reserve_but_opens()
    {
        using var folder = new TemporaryFolder(inMemory: true);
        var options = new DirectoryStoreOptions { ReserveSizeBytes = 1L << 50 };
        using var store = new DirectoryStore(folder.Path, options);
        using var file = store.Create(StoreArea.Segments, 1);

        var refused = Assert.Throws<StoreException>(() => file.Allocate(0, 1L << 50));

        Assert.Equal(StoreFault.NoSpace, refused.Fault);
        Assert.Contains("ENOSPC", refused.Message, StringComparison.Ordinal);
        Assert.False(store.TryRestoreReserve());
        Assert.InRange(store.FreeBytes, 1, 1L << 49);
        Assert.Equal(0, new FileInfo(Path.Combine(folder.Path, "reserve")).Length);
    }

    [Fact]
    public void Foreign_files_are_neither_listed_nor_purged()
    {
        _store.Create(StoreArea.Segments, 1).Dispose();
        var fanOut = Path.Combine(Root, "segments", "00000000");
        foreach (var name in new[] { "1.seg", "000000000000000G.seg", "0000000000000002.idx", "0000000000001000.seg" })
            File.WriteAllText(Path.Combine(fanOut, name), "");
        File.WriteAllText(Path.Combine(Root, "segments", "notes"), "");
        foreach (var name in new[] { "notes", "1-disks-0000000000000001", "1-index-1", "x-index-0000000000000001" })
            File.WriteAllText(Path.Combine(Root, "lost", name), "");

        Assert.Equal([1], _store.List(StoreArea.Segments));
        Assert.Equal(0, _store.PurgeLost(DateTimeOffset.MaxValue));
    }

    [Fact]
    public void SyncNames_syncs_exactly_the_directories_that_changed()
    {
        _store.SyncNames(StoreArea.Segments);
        _store.SyncNames(StoreArea.Index);
        _store.Create(StoreArea.Segments, 1).Dispose();
        _store.SyncNames(StoreArea.Segments);

        Assert.Empty(Synced(() => _store.SyncNames(StoreArea.Segments)));
        _store.Create(StoreArea.Segments, 2).Dispose();
        Assert.Empty(Synced(() => _store.SyncNames(StoreArea.Index)));
        Assert.Equal(["segments/00000000"], Synced(() => _store.SyncNames(StoreArea.Segments)));
        Assert.Equal(["segments"], Synced(() => _store.Create(StoreArea.Segments, 1 << 12).Dispose()));
        _store.MoveToLost(StoreArea.Segments, 2);
        Assert.Equal(
            ["lost", "segments/00000000", "segments/00000001"], Synced(() => _store.SyncNames(StoreArea.Segments)));
    }

    [Fact]
    public void The_first_sync_after_opening_covers_what_a_killed_process_left()
    {
        _store.Create(StoreArea.Segments, 1).Dispose();
        Reopen();

        Assert.Equal(["lost", "segments/00000000"], Synced(() => _store.SyncNames(StoreArea.Segments)));
    }

    [Fact]
    public void A_failed_sync_of_a_file_fails_all_later_ones()
    {
        var device = _store.System.Open("/dev/null", OpenFlags.ReadWrite);
        using var file = new DirectoryStoreFile(_store, device, StoreArea.Index, 1);

        var first = Assert.Throws<StoreException>(file.Sync);
        var second = Assert.Throws<StoreException>(file.Sync);

        Assert.Equal((StoreFault.Io, StoreFault.Io), (first.Fault, second.Fault));
        Assert.Contains("EINVAL", first.Message, StringComparison.Ordinal);
        Assert.Contains("earlier sync", second.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failed_sync_of_a_directory_fails_all_later_ones()
    {
        var names = new DirectorySync(new());
        names.Touch(Path.Combine(Root, "not-there"));

        Assert.Throws<StoreException>(names.Sync);
        var second = Assert.Throws<StoreException>(names.Sync);

        Assert.Contains("earlier sync", second.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Dropped_pages_are_not_resident_until_read()
    {
        using var file = _store.Create(StoreArea.Segments, 1);
        Write(file, 0, Pattern(1, 256 * Page));
        file.Sync();

        // The attempt itself makes the system read ahead, and a fast device may have answered before it gives up: one
        // refusal in many attempts is what shows that the pages were gone. A file system in memory never drops any.
        const int AttemptsMax = 100;
        const long MemoryFileSystem = 0x01021994;
        var isRefused = LibC.FileSystem(Root).Type == MemoryFileSystem;
        for (var attempt = 0; attempt < AttemptsMax && !isRefused; attempt++)
        {
            file.DropResident();
            isRefused = !file.TryReadResident(0, new byte[256 * Page]);
        }

        Assert.True(isRefused);
        Assert.Equal(Pattern(1, 256 * Page), ReadAll(file));
        Assert.True(file.TryReadResident(0, new byte[256 * Page]));
    }

    [Theory]
    [InlineData(0x6969, "NFS")]
    [InlineData(0xFF534D42, "CIFS")]
    [InlineData(unchecked((int)0xFF534D42), "CIFS")]
    [InlineData(0x01021997, "9P")]
    [InlineData(0x65735546, "FUSE")]
    [InlineData(0xEF53, null)]
    [InlineData(0x58465342, null)]
    [InlineData(0x9123683E, null)]
    [InlineData(0x01021994, null)]
    public void A_network_file_system_is_known_by_its_number(long type, string? name)
    {
        Assert.Equal(name, NetworkFileSystems.NameOf(type));
    }

    [Fact]
    public void A_folder_below_a_file_is_an_error_with_a_path()
    {
        File.WriteAllText(Path.Combine(_folder.Path, "file"), "");

        var path = Path.Combine(_folder.Path, "file", "store");
        var refused = Assert.Throws<StoreException>(() => new DirectoryStore(path, new()));

        Assert.Contains(path, refused.Message, StringComparison.Ordinal);
    }

    private static long AllocatedBytes(string path)
    {
        using var file = new LibC().Open(path, OpenFlags.Read);
        return LibC.Status(file).AllocatedBytes;
    }

    private DirectoryStore Open() => new(Root, new() { ReserveSizeBytes = SmallReserveBytes, Clock = Clock });

    private string[] Synced(Action action)
    {
        var recorder = new SystemCallRecorder();
        _store.System.Recorder = recorder;
        action();
        _store.System.Recorder = null;
        return
        [
            .. recorder.First(recorder.Count)
                .Where(call => call.Kind == SystemCallKind.SyncDirectory)
                .Select(call => Path.GetRelativePath(Root, call.Path))
                .Order(StringComparer.Ordinal),
        ];
    }
}
