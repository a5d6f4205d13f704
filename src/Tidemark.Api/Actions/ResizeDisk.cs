using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions;

/// <summary>Grows a disk. Connected clients keep the old size until they reconnect; nothing is lost.</summary>
internal static class ResizeDisk
{
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
