namespace Tidemark.Verbs;

/// <summary>tidemark snap restore SNAPSHOT-ID...</summary>
internal sealed class SnapRestore() : SnapshotsVerb(
    "restore",
    "Bring back snapshots that were deleted and are still kept, by id ('snap ls --deleted').",
    "Brought back")
{
    // What is deleted is found by nothing else.
    /// <inheritdoc/>
    protected override Task<string> FindIdAsync(VerbCall call, string text) => Task.FromResult(text);

    /// <inheritdoc/>
    protected override Task ChangeAsync(VerbCall call, IReadOnlyList<string> ids) =>
        call.Client.Snapshots.RestoreAsync(ids, call.Cancellation);
}
