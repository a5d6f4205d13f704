using Tidemark.Catalog;
using Tidemark.Catalog.Schema;
using Tidemark.Disks.Accounts;
using Tidemark.Disks.Exports;
using Tidemark.Disks.Keys;
using Tidemark.Disks.Quotas;
using Tidemark.Disks.Snapshots;
using Tidemark.Engine;
using Tidemark.Engine.Stores;
using Tidemark.Nbd;

namespace Tidemark.Disks.Tests;

/// <summary>
/// The domain over a real engine on a simulated store and a real catalog in a temporary folder. May be restarted.
/// </summary>
internal sealed class TestServer : IDisposable
{
    public static readonly Caller Caller = new("AKIDtest", "request-1", "10.0.0.7");
    public static readonly ClientIdentity Client = new(1, "10.0.0.7:4000", null, false);

    private readonly string _folder = Directory.CreateTempSubdirectory("tidemark-disks-").FullName;
    private readonly bool _isOnDisk;
    private readonly DomainOptions _options;

    private Store _store = new SimulatedStore();

    public TestServer(Func<DomainOptions, DomainOptions>? change = null, bool isOnDisk = false)
    {
        _isOnDisk = isOnDisk;
        var random = new Random(20260304);
        void Fill(Span<byte> destination)
        {
            lock (random)
                random.NextBytes(destination);
        }

        var options = new DomainOptions
        {
            MasterKey = MasterKey.Draw(Fill),
            Region = "test",
            Zones = ["test-1", "test-2"],
            Time = Clock,
            Random = Fill,
            Log = message => Messages.Enqueue(message),
        };
        _options = change?.Invoke(options) ?? options;
        Open();
    }

    public TestClock Clock { get; } = new();

    public System.Collections.Concurrent.ConcurrentQueue<EngineMessage> Messages { get; } = new();

    public SqlCatalog Catalog { get; private set; } = null!;

    public StorageEngine Engine { get; private set; } = null!;

    public DiskDomain Domain { get; private set; } = null!;

    public DiskOperations Disks => Domain.Disks;

    public SnapshotOperations Snapshots => Domain.Snapshots;

    public DiskExports Exports => Domain.Exports;

    /// <summary>How many snapshots the first account has in the region, and may have.</summary>
    public QuotaFigure SnapshotQuota => Domain.Quotas.Find(QuotaName.Snapshots, Home);

    /// <summary>Where things are made when nothing else is said.</summary>
    public Scope Home => _options.HomeOf(Caller);

    public string FolderPath => _folder;

    /// <summary>The store, when it is simulated.</summary>
    public SimulatedStore SimulatedStore => (SimulatedStore)_store;

    public void Restart(Action? meanwhile = null)
    {
        Close();
        meanwhile?.Invoke();
        Open();
    }

    public void Dispose()
    {
        Close();
        _store.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    public string NewDisk(string? name = null, long sizeGiB = 1) =>
        Disks.Create(new() { DiskName = name, DiskSize = sizeGiB }, Caller)[0];

    public string NewSnapshot(string diskId, string? name = null, DateTimeOffset? deadline = null) =>
        Snapshots.Create(new() { DiskId = diskId, SnapshotName = name, Deadline = deadline }, Caller);

    /// <summary>Changes a disk's row past all rules.</summary>
    public void Change(string diskId, Func<Disk, Disk> change) => Catalog.Commit(transaction =>
    {
        var rows = SqlTransaction.Of(transaction);
        DiskTable.Put(rows, change(DiskTable.Get(rows.Rows, diskId)));
    });

    public void Write(string diskId, long offset, byte value, int lengthBytes = 4096)
    {
        var payload = new byte[lengthBytes];
        Array.Fill(payload, value);
        Assert.Equal(IoResult.Done, Engine.OpenDisk(diskId).Write([new WritePiece(offset, 0, lengthBytes)], payload));
    }

    public byte Read(string diskId, long offset)
    {
        var block = new byte[4096];
        Assert.Equal(IoResult.Done, Engine.OpenDisk(diskId).Read(offset, block));
        return block[0];
    }

    public Export OpenExport(string name)
    {
        var export = Exports.Open(name, Client, out var refusal);
        Assert.True(export is not null, refusal?.Message);
        return export!;
    }

    /// <summary>Makes another account and returns somebody who acts for it.</summary>
    public Caller NewAccount(string accountId)
    {
        Catalog.Commit(transaction => SqlTransaction.Of(transaction).Put(
            CatalogTables.Accounts, accountId, "other", Clock.Now.ToUnixTimeMilliseconds()));
        return Caller with { Scope = new Scope(accountId, _options.Region) };
    }

    /// <summary>Does all background work of the engine.</summary>
    public void Drain()
    {
        for (var step = 0; step < 10_000 && Engine.Step(long.MaxValue, isIdle: true); step++)
        {
        }
    }

    private void Open()
    {
        Catalog = SqlCatalog.Open(new() { DataDirectory = _folder });
        if (_isOnDisk)
            _store = new DirectoryStore(Path.Combine(_folder, "store"), new() { ReserveSizeBytes = 0, Clock = Clock });
        Engine = StorageEngine.Open(_store, Catalog, new EngineOptions { MapBudgetBytes = 4 << 20 });
        Domain = new DiskDomain(Engine, Catalog, _options);
    }

    private void Close()
    {
        Engine.Dispose();
        if (_isOnDisk)
            _store.Dispose();
        Catalog.Dispose();
    }
}
