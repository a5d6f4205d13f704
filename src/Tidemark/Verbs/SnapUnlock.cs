namespace Tidemark.Verbs;

/// <summary>tidemark snap unlock SNAPSHOT...</summary>
internal sealed class SnapUnlock() : SnapshotsVerb(
    "unlock", "Let locked snapshots be deleted and changed again.", "Unlocked")
{
    /// <inheritdoc/>
    protected override Task ChangeAsync(VerbCall call, IReadOnlyList<string> ids) =>
        call.Client.Snapshots.SetLockAsync(ids, false, call.Cancellation);
}
