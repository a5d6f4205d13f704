namespace Tidemark.Api.Actions.SharingActions;

/// <summary>What became of a copy to one region.</summary>
/// <param name="SnapshotId">The new snapshot there; empty when it was refused.</param>
/// <param name="Message">Why it was refused; empty on success.</param>
/// <param name="Code">Success, or an error code.</param>
/// <param name="DestinationRegion">The region.</param>
internal sealed record WireSnapshotCopyResult(
    string SnapshotId, string Message, string Code, string DestinationRegion);
