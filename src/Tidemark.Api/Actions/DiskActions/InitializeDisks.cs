using Tidemark.Api.Actions.SnapshotActions;
using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.DiskActions;

/// <summary>
/// Returns disks to what they were when they were made. Extensions: DisconnectClients disconnects NBD clients first,
/// where otherwise the request is refused; KeepSafetySnapshot is false when what is replaced need not be kept.
/// </summary>
internal static class InitializeDisks
{
    private const int DiskIdsMax = 20;

    /// <summary>The declaration.</summary>
    public static readonly ApiAction Action = new(
        "InitializeDisks",
        Run,
        typeof(SafetySnapshotsResponse),
        "Returns detached data disks to what they were when they were made: empty, or their source snapshot.")
    {
        IsMutating = true,
        Parameters =
        [
            ApiParameter.Texts("DiskIds", "1 to 20 disks.").Required,
            ApiParameter.Flag("DisconnectClients", "Extension: disconnects NBD clients first instead of refusing."),
            ApiParameter.Flag("KeepSafetySnapshot", "Extension: false when what is replaced need not be kept."),
        ],
    };

    /// <summary>Runs the action.</summary>
    public static ApiResponse Run(ActionCall call)
    {
        var diskIds = call.Parameters.RequiredTexts("DiskIds", DiskIdsMax);
        var disconnectClients = call.Parameters.Flag("DisconnectClients") ?? false;
        var keepsSafety = call.Parameters.Flag("KeepSafetySnapshot") ?? true;
        return new SafetySnapshotsResponse
        {
            SafetySnapshotIdSet = call.Domain.Initialization.Run(
                diskIds, disconnectClients, keepsSafety, call.Caller),
        };
    }
}
