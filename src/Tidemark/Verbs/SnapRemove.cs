using Tidemark.Client;
using Tidemark.Output;

namespace Tidemark.Verbs;

/// <summary>tidemark snap rm SNAPSHOT...</summary>
internal sealed class SnapRemove : RemoveVerb
{
    /// <summary>The verb.</summary>
    public SnapRemove()
        : base(
            "Delete snapshots, any of them. Their space comes back in the background.",
            "SNAPSHOT",
            "snapshots, by id, name or DISK@NAME, in any order")
    {
    }

    /// <inheritdoc/>
    protected override async Task<string> FindIdAsync(VerbCall call, string text) =>
        (await call.Client.Names.SnapshotAsync(text, call.Cancellation)).Id;

    /// <inheritdoc/>
    protected override Task RemoveAsync(VerbCall call, IReadOnlyList<string> ids) =>
        call.Client.Snapshots.DeleteAsync(ids, call.Cancellation);

    /// <inheritdoc/>
    protected override Task WaitUntilGoneAsync(VerbCall call, string id) =>
        call.Client.Snapshots.WaitUntilGoneAsync(id, call.Cancellation);

    /// <inheritdoc/>
    protected override void Print(VerbCall call, IReadOnlyList<string> ids)
    {
        if (call.Printer.IsJson)
            call.Printer.Json(new SnapshotIdList(ids), OutputJson.Pretty.SnapshotIdList);
        else
            call.Printer.Note($"Deleted {string.Join(", ", ids)}.");
    }
}
