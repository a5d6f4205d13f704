using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.SnapshotActions;

/// <summary>The answer to ReadSnapshotBlocks.</summary>
internal sealed class ReadSnapshotBlocksResponse : ApiResponse
{
    /// <summary>Runs of data and of zeros, sorted by offset, without gaps.</summary>
    public required IReadOnlyList<WireBlocks> BlockSet { get; init; }
}
