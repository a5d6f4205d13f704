using System.Data.Common;
using Tidemark.Catalog;
using Tidemark.Disks.Measures;
using Tidemark.Engine;
using Tidemark.Engine.Stores;
using Tidemark.Output;

namespace Tidemark.Hosting;

/// <summary>
/// Store, catalog and engine of a data folder, opened in this order and closed in the opposite one. The store's lock
/// makes sure that one process at a time has them.
/// </summary>
internal sealed class StorageStack : IDisposable
{
    private const string BootIdPath = "/proc/sys/kernel/random/boot_id";

    // With less, a file that cannot be written is taken for a lack of room.
    private const long FreeBytesToOpen = 4L << 20;

    private readonly DirectoryStore _store;

    private StorageStack(DirectoryStore store, SqlCatalog catalog, StorageEngine engine)
    {
        _store = store;
        Catalog = catalog;
        Engine = engine;
    }

    /// <summary>The catalog.</summary>
    public SqlCatalog Catalog { get; }

    /// <summary>The engine.</summary>
    public StorageEngine Engine { get; }

    /// <summary>The store's folder within a data folder.</summary>
    public static string StoreFolder(string dataFolder) => Path.Combine(dataFolder, "store");

    /// <summary>Opens everything; refusals become <see cref="CommandException"/> with what to do.</summary>
    public static StorageStack Open(
        string dataFolder, MemoryBudget memory, bool allowsNetworkFileSystem, Action<EngineMessage> log,
        ServerMeasures? measures = null)
    {
        measures ??= new ServerMeasures();
        var store = OpenStore(dataFolder, allowsNetworkFileSystem, measures.OnSynced);
        SqlCatalog? catalog = null;
        try
        {
            catalog = OpenCatalog(
                store,
                new SqlCatalogOptions { DataDirectory = dataFolder, Log = log, OnCommit = measures.OnCommit });
            var options = new EngineOptions
            {
                MapBudgetBytes = memory.MapBytes,
                DirectoryBudgetBytes = memory.DirectoryBytes,
                GroupBudgetBytes = memory.GroupBytes,
                OpenFilesMax = OpenFileLimit.SegmentFiles(OpenFileLimit.Require()),
                BootId = BootId(),
                Log = log,
                OnWork = measures.OnWork,
            };
            return new StorageStack(store, catalog, StorageEngine.Open(store, catalog, options));
        }
        catch (Exception failure)
        {
            catalog?.Dispose();
            store.Dispose();
            if (failure is EngineException refusal)
                throw Explain(refusal);
            throw;
        }
    }

    // A full file system must not keep the server from starting, or nobody could delete anything: the reserve is for
    // that.
    private static SqlCatalog OpenCatalog(DirectoryStore store, SqlCatalogOptions options)
    {
        try
        {
            return SqlCatalog.Open(options);
        }
        catch (Exception problem) when (problem is IOException or DbException && store.FreeBytes < FreeBytesToOpen)
        {
            store.ReleaseReserve();
            return SqlCatalog.Open(options);
        }
    }

    // Another one after a start of the machine; null where the kernel does not tell.
    private static string? BootId()
    {
        const string Path = "/proc/sys/kernel/random/boot_id";
        return File.Exists(Path) ? File.ReadAllText(Path).Trim() : null;
    }

    /// <summary>Takes the store alone, to be sure that no server has it.</summary>
    public static DirectoryStore OpenStore(
        string dataFolder, bool allowsNetworkFileSystem, Action<TimeSpan, bool>? onSynced = null)
    {
        try
        {
            return new DirectoryStore(
                StoreFolder(dataFolder),
                new DirectoryStoreOptions
                {
                    AllowNetworkFileSystem = allowsNetworkFileSystem,
                    OnSynced = onSynced,
                });
        }
        catch (StoreException failure) when (failure.Fault == StoreFault.NotOwned)
        {
            throw new CommandException(
                ExitCode.Conflict, "DataFolderInUse", failure.Message,
                "Stop the server that has it, or choose another folder with --data.", failure);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Engine.Dispose();
        Catalog.Dispose();
        _store.Dispose();
    }

    // Without it the engine cannot tell a power cut from the death of the process.
    private static string? ReadBootId() => File.Exists(BootIdPath) ? File.ReadAllText(BootIdPath).Trim() : null;

    private static CommandException Explain(EngineException failure) => failure.Fault == EngineFault.CatalogMismatch
        ? new CommandException(
            ExitCode.Conflict, "CatalogMismatch", failure.Message,
            "Rebuild the catalog with 'tidemark repair'; the old one is kept beside it.", failure)
        : new CommandException(
            ExitCode.Failed, $"Store{failure.Fault}", failure.Message,
            "Check the disk under the data folder, and the log; 'tidemark check' tells more.", failure);
}
