using Tidemark.Api.Wire;
using Tidemark.Disks.Exports;

namespace Tidemark.Api.Actions.DiskActions;

/// <summary>Extension: holds the writes of a disk for a moment; reads go on.</summary>
internal static class SuspendDiskIo
{
    private const int SecondsDefault = 10;

    /// <summary>The declaration.</summary>
    public static readonly ApiAction Action = new(
        "SuspendDiskIo",
        Run,
        typeof(SuspendDiskIoResponse),
        "Holds the writes of a disk for a moment; reads go on. Answered when no write runs any more.")
    {
        IsExtension = true,
        IsMutating = true,
        Parameters =
        [
            ApiParameter.Text("DiskId", "The disk.").Required,
            ApiParameter.Number("Seconds", "When writes pass again by themselves: 1 to 60, 10 when left out."),
        ],
    };

    /// <summary>Runs the action.</summary>
    public static ApiResponse Run(ActionCall call)
    {
        var diskId = call.Parameters.RequiredText("DiskId");
        var seconds = call.Parameters.Number("Seconds") ?? SecondsDefault;
        if (seconds is < 1 or > IoSuspension.SecondsMax)
        {
            throw new ApiException(
                ErrorCodes.InvalidParameterValue, $"Parameter Seconds must be 1 to {IoSuspension.SecondsMax}.");
        }

        var end = call.Domain.Suspension.Suspend(diskId, TimeSpan.FromSeconds(seconds), call.Caller);
        return new SuspendDiskIoResponse { EndTime = WireTime.Utc(end) };
    }
}
