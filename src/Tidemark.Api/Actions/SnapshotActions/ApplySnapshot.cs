using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.SnapshotActions;

/// <summary>
/// Rolls a disk back to one of its own snapshots. Newer snapshots stay. Extension: DisconnectClients disconnects NBD
/// clients first, where otherwise the request is refused; KeepSafetySnapshot is false when what is replaced need not be
/// kept.
/// </summary>
internal static class ApplySnapshot
{
    /// <summary>The declaration.</summary>
    public static readonly ApiAction Action = new(
        "ApplySnapshot",
        Run,
        typeof(SafetySnapshotResponse),
        "Rolls a disk back to one of its own snapshots. Newer snapshots stay.")
    {
        IsMutating = true,
        Parameters =
        [
            ApiParameter.Text("SnapshotId", "The snapshot.").Required,
            ApiParameter.Text("DiskId", "The disk that it was taken of.").Required,
            .. SharedMembers.Rollback,
        ],
    };

    /// <summary>Runs the action.</summary>
    public static ApiResponse Run(ActionCall call)
    {
        var snapshotId = call.Parameters.RequiredText("SnapshotId");
        var diskId = call.Parameters.RequiredText("DiskId");
        var options = SharedMembers.ReadRollback(call.Parameters);
        var safetyId = call.Domain.Snapshots.Apply(snapshotId, diskId, options, call.Caller);
        return new SafetySnapshotResponse { SafetySnapshotId = safetyId ?? "" };
    }
}
