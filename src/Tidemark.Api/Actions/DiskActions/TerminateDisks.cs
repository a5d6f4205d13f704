using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.DiskActions;

/// <summary>
/// Terminates disks, all or none. Extension: DisconnectClients disconnects NBD clients first, where otherwise the
/// request is refused.
/// </summary>
internal static class TerminateDisks
{
    private const int DiskIdsMax = 100;

    /// <summary>The declaration.</summary>
    public static readonly ApiAction Action = new(
        "TerminateDisks",
        Run,
        typeof(ApiResponse),
        "Terminates disks, all or none: postpaid ones are gone, prepaid ones go to the recycle bin first.")
    {
        IsMutating = true,
        Parameters =
        [
            ApiParameter.Texts("DiskIds", "1 to 100 disks.").Required,
            ApiParameter.Number("DeleteSnapshot", "1: non-permanent snapshots go too."),
            ApiParameter.Flag("DisconnectClients", "Extension: disconnects NBD clients first instead of refusing."),
        ],
    };

    /// <summary>Runs the action.</summary>
    public static ApiResponse Run(ActionCall call)
    {
        var request = Request.Read(call.Parameters);
        call.Domain.Disks.Terminate(
            request.DiskIds, request.DeleteSnapshot, request.DisconnectClients, call.Caller);
        return new ApiResponse();
    }

    private sealed record Request(IReadOnlyList<string> DiskIds, bool DeleteSnapshot, bool DisconnectClients)
    {
        public static Request Read(ParameterReader parameters) => new(
            parameters.RequiredTexts("DiskIds", DiskIdsMax),
            SharedMembers.ReadBit(parameters, "DeleteSnapshot") ?? false,
            parameters.Flag("DisconnectClients") ?? false);
    }
}
