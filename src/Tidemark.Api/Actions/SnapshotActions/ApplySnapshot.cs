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
            ApiParameter.Flag("AutoStopInstance", "Stops the instance that the disk is attached to first."),
            ApiParameter.Flag("AutoStartInstance", "Starts it again afterwards; needs AutoStopInstance."),
            ApiParameter.Flag("DisconnectClients", "Extension: disconnects NBD clients first instead of refusing."),
            ApiParameter.Flag("KeepSafetySnapshot", "Extension: false when what is replaced need not be kept."),
        ],
    };

    /// <summary>Runs the action.</summary>
    public static ApiResponse Run(ActionCall call)
    {
        var request = Request.Read(call.Parameters);
        Validate(request);
        var safetyId = call.Domain.Snapshots.Apply(
            request.SnapshotId, request.DiskId, request.DisconnectClients, call.Caller, request.KeepSafetySnapshot);
        return new SafetySnapshotResponse { SafetySnapshotId = safetyId ?? "" };
    }

    private static void Validate(Request request)
    {
        if (request.AutoStartInstance && !request.AutoStopInstance)
        {
            throw new ApiException(
                ErrorCodes.InvalidParameterValue, "AutoStartInstance needs AutoStopInstance to be true as well.");
        }
    }

    // This server runs no instances, so stopping and starting them is accepted and means nothing.
    private sealed record Request(
        string SnapshotId,
        string DiskId,
        bool AutoStopInstance,
        bool AutoStartInstance,
        bool DisconnectClients,
        bool KeepSafetySnapshot)
    {
        public static Request Read(ParameterReader parameters) => new(
            parameters.RequiredText("SnapshotId"),
            parameters.RequiredText("DiskId"),
            parameters.Flag("AutoStopInstance") ?? false,
            parameters.Flag("AutoStartInstance") ?? false,
            parameters.Flag("DisconnectClients") ?? false,
            parameters.Flag("KeepSafetySnapshot") ?? true);
    }
}
