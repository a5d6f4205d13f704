using Tidemark.Catalog.Schema;
using Tidemark.Engine.Catalog;

namespace Tidemark.Catalog.Tests;

/// <summary>Random changes to engine and domain rows.</summary>
internal sealed class RandomHistory(int seed)
{
    private readonly Random _random = new(seed);
    private long _eventId;

    public void Run(SqlCatalog catalog, int commitCount)
    {
        for (var step = 0; step < commitCount; step++)
            catalog.Commit(Change);
    }

    private void Change(CatalogTransaction transaction)
    {
        var sql = SqlTransaction.Of(transaction);
        for (var count = _random.Next(1, 6); count > 0; count--)
            ChangeOne(transaction, sql);
    }

    private void ChangeOne(CatalogTransaction transaction, SqlTransaction sql)
    {
        var id = _random.Next(1, 12);
        var name = $"disk-{id:D8}";
        switch (_random.Next(12))
        {
            case 0: transaction.Put(new DiskRow(name, _random.NextInt64(), id, id, id, 0)); break;
            case 1: transaction.DeleteDisk(name); break;
            case 2: transaction.Put(new LayerRow(id, name, 0, id % 2 == 0, id, 1, long.MaxValue, 5)); break;
            case 3: transaction.DeleteLayer(id); break;
            case 4: transaction.Put(new ChunkRow(id, id % 3, id, id, true, 1, 2, 3, 4, 5, 6)); break;
            case 5: transaction.DeleteRun(id, id % 3); break;
            case 6: transaction.Put(new SegmentRow(name, id, _random.Next(), false)); break;
            case 7: transaction.Put(new CounterRow(id, id + 1, id + 2, id + 3)); break;
            case 8: sql.Put(CatalogTables.Tags, name, "ключ \"q\"", $"v'{id}\n\u0001"); break;
            case 9:
                sql.Put(CatalogTables.AccessKeys, name, new byte[] { 0, 255, (byte)id }, "n", true, 1L, "a", false);
                break;
            case 10:
                sql.Put(CatalogTables.Events, ++_eventId, 5L, "me", "Act", name, "Success", "", "", "", "a", "r");
                break;
            default: sql.DeleteBelow(CatalogTables.Events, _eventId - 3); break;
        }
    }
}
