using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.SnapshotActions;

/// <summary>Extension: reads up to 1 MiB of a snapshot; zeros are named, not sent.</summary>
internal static class ReadSnapshotBlocks
{
    /// <summary>The declaration.</summary>
    public static readonly ApiAction Action = new(
        "ReadSnapshotBlocks",
        Run,
        typeof(ReadSnapshotBlocksResponse),
        "Reads up to 1 MiB of a snapshot: runs of data with checksums, and runs of zeros.")
    {
        IsExtension = true,
        Parameters =
        [
            ApiParameter.Text("SnapshotId", "The snapshot.").Required,
            ApiParameter.Number("Offset", "The first byte, a multiple of 4096; 0 when left out."),
            ApiParameter.Number("Length", "Bytes, a multiple of 4096, at most 1 MiB; cut at the end.").Required,
        ],
    };

    /// <summary>Runs the action.</summary>
    public static ApiResponse Run(ActionCall call)
    {
        var ranges = call.Domain.Content.Read(
            call.Parameters.RequiredText("SnapshotId"),
            call.Parameters.Number("Offset") ?? 0,
            call.Parameters.RequiredNumber("Length"),
            call.Caller.Scope);
        return new ReadSnapshotBlocksResponse { BlockSet = [.. ranges.Select(range => new WireBlocks(range))] };
    }
}
