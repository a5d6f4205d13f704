using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.DiskActions;

/// <summary>The answer to SuspendDiskIo.</summary>
internal sealed class SuspendDiskIoResponse : ApiResponse
{
    /// <summary>When writes pass again by themselves.</summary>
    public required string EndTime { get; init; }
}
