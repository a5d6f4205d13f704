namespace Tidemark.Verbs;

/// <summary>tidemark snap lock SNAPSHOT...</summary>
internal sealed class SnapLock() : SnapshotsVerb(
    "lock", "Keep snapshots from being deleted or changed, also by their deadline.", "Locked")
{
    /// <inheritdoc/>
    protected override Task ChangeAsync(VerbCall call, IReadOnlyList<string> ids) =>
        call.Client.Snapshots.SetLockAsync(ids, true, call.Cancellation);
}
