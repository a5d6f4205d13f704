using System.Text;
using Tidemark.Engine.Catalog;
using Tidemark.Engine.Stores;

namespace Tidemark.Engine;

/// <content>
/// Sessions: the store's object <c>session</c> holds the machine's boot id while an engine has the store open, and
/// nothing after a clean close. Another boot id at the next open means that writes which were answered and not flushed
/// may be lost.
/// </content>
public sealed partial class StorageEngine
{
    private const string SessionObject = "session";

    private void BeginSession()
    {
        var before = Encoding.UTF8.GetString(_store.ReadObject(SessionObject) ?? []);
        var now = _options.BootId ?? "unknown";
        if (before.Length > 0 && before != now)
        {
            RaiseBootGenerations();
        }

        MakingRoom(() =>
        {
            _store.WriteObject(SessionObject, Encoding.UTF8.GetBytes(now));
            return true;
        });
    }

    // Starting and deleting must work in a full store, or nothing would ever make room in it: the reserve is for that.
    private T MakingRoom<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (StoreException e) when (e.Fault == StoreFault.NoSpace)
        {
            _store.ReleaseReserve();
            return work();
        }
    }

    private void EndSession()
    {
        try
        {
            // A disk that is faulted, or whose log could not be published, is not cleanly closed.
            if (_disks.Values.All(disk => !disk.IsFaulted && disk.Log.UnpublishedCount == 0))
            {
                _store.WriteObject(SessionObject, []);
            }
        }
        catch (StoreException e)
        {
            Say(false, $"The close could not be recorded: {e.Message}");
        }
    }

    private void RaiseBootGenerations()
    {
        DiskRow[] raised = [.. _diskRows.Values.Select(row => row with { BootGeneration = row.BootGeneration + 1 })];
        _catalog.Commit(transaction => Array.ForEach(raised, transaction.Put));
        Array.ForEach(raised, row => _diskRows[row.DiskId] = row);
        Say(false, "The machine was started anew without a clean close: what was not flushed may be lost.");
    }
}
