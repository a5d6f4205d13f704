using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.DiskActions;

/// <summary>The answer to ResumeDiskIo.</summary>
internal sealed class ResumeDiskIoResponse : ApiResponse
{
    /// <summary>Whether writes were held until now; false means that the time was up before.</summary>
    public required bool WasSuspended { get; init; }
}
