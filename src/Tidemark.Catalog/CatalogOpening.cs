using System.Globalization;
using Microsoft.Data.Sqlite;
using Tidemark.Catalog.Journal;
using Tidemark.Catalog.Schema;
using Tidemark.Engine;

namespace Tidemark.Catalog;

/// <summary>
/// The steps from a data directory to a catalog that may be used: compare with the journal, raise the schema, begin the
/// journal.
/// </summary>
internal sealed class CatalogOpening
{
    private const string Remedy = "Run `tidemark repair` to rebuild the catalog from the store's journal.";

    private readonly CatalogFiles _files;
    private readonly JournalFolder _folder;
    private readonly bool _isBaseDue;

    private CatalogOpening(CatalogFiles files, SqliteConnection connection, JournalContent? journal)
    {
        _files = files;
        _folder = new JournalFolder(files.Journal);
        Connection = connection;
        SchemaVersion.RefuseNewer(SchemaVersion.Read(connection), Migrations.All[^1].Version);
        if (!Meta.TryRead(connection, out var storeId, out var generation))
            (storeId, generation) = MakeNew(connection, journal);
        StoreId = storeId;
        Generation = generation;
        Compare(journal);
        var version = Migrations.All[^1].Version;
        SchemaVersion.Raise(connection, Migrations.All, version);
        _isBaseDue = journal?.Base is null || journal.SchemaVersion != version || journal.Generation != generation;
    }

    /// <summary>The connection of the writer-to-be.</summary>
    public SqliteConnection Connection { get; }

    /// <summary>The store that the catalog describes.</summary>
    public Guid StoreId { get; }

    /// <summary>The number of commits so far.</summary>
    public long Generation { get; }

    /// <summary>Opens and compares.</summary>
    public static CatalogOpening Open(CatalogFiles files, Action<EngineMessage>? log)
    {
        var folder = new JournalFolder(files.Journal);
        if (!folder.IsEmpty && !File.Exists(files.Database))
        {
            throw new EngineException(EngineFault.CatalogMismatch,
                $"{files.Database} is missing, but the store has a journal of it. {Remedy}");
        }

        var problems = new List<string>();
        var journal = folder.IsEmpty ? null : JournalContent.Read(folder, problems);
        foreach (var problem in problems)
            log?.Invoke(new EngineMessage(true, $"{problem}; the catalog's journal is written anew."));
        var connection = SqlConnections.Open(files.Database);
        try
        {
            return new CatalogOpening(files, connection, journal);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Begins the journal's next log, and a new base first when the journal lacks something.</summary>
    public StoreJournal BeginJournal(Action<EngineMessage>? log)
    {
        var version = Migrations.All[^1].Version;
        var journal = new StoreJournal(_folder, StoreId, version, Generation, log);
        if (!_isBaseDue)
            return journal;
        using var reader = SqlConnections.Open(_files.Database);
        journal.WriteBase(reader, Generation);
        return journal;
    }

    private static (Guid StoreId, long Generation) MakeNew(SqliteConnection connection, JournalContent? journal)
    {
        if (journal is not null)
        {
            throw new EngineException(EngineFault.CatalogMismatch,
                $"{connection.DataSource} is empty, but the store has a journal of it. {Remedy}");
        }

        SchemaVersion.Raise(connection, Migrations.All, Migrations.All[^1].Version);
        var storeId = Guid.NewGuid();
        Meta.Write(connection, storeId, 0);
        return (storeId, 0);
    }

    private void Compare(JournalContent? journal)
    {
        if (journal is null)
            return;
        if (journal.StoreId != StoreId)
        {
            throw new EngineException(EngineFault.CatalogMismatch,
                $"{_files.Database} describes store {StoreId}, but the store's journal is of " +
                $"{journal.StoreId}. {Remedy}");
        }

        if (journal.Generation > Generation)
        {
            throw new EngineException(EngineFault.CatalogMismatch, string.Create(CultureInfo.InvariantCulture,
                $"{_files.Database} is older than its store: it has generation {Generation}, the store's journal " +
                $"{journal.Generation}. {Remedy}"));
        }
    }
}
