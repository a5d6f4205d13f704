using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.DiskActions;

/// <summary>Grows a disk. Connected clients keep the old size until they reconnect; nothing is lost.</summary>
internal static class ResizeDisk
{
    /// <summary>The declaration.</summary>
    public static readonly ApiAction Action = new(
        "ResizeDisk",
        Run,
        typeof(ApiResponse),
        "Grows a disk. Connected clients keep the old size until they reconnect; nothing is lost.")
    {
        IsMutating = true,
        Parameters =
        [
            ApiParameter.Text("DiskId", "The disk.").Required,
            ApiParameter.Number("DiskSize", "The new size in GiB, larger than now.").Required,
        ],
    };

    /// <summary>Runs the action.</summary>
    public static ApiResponse Run(ActionCall call)
    {
        var request = Request.Read(call.Parameters);
        call.Domain.Disks.Resize(request.DiskId, request.DiskSize, call.Caller);
        return new ApiResponse();
    }

    // DiskId is formally optional in the API, but without it nothing could be resized.
    private sealed record Request(string DiskId, long DiskSize)
    {
        public static Request Read(ParameterReader parameters) =>
            new(parameters.RequiredText("DiskId"), parameters.RequiredNumber("DiskSize"));
    }
}
