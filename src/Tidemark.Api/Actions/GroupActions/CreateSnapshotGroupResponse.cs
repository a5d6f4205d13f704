using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.GroupActions;

/// <summary>The answer to CreateSnapshotGroup.</summary>
internal sealed class CreateSnapshotGroupResponse : ApiResponse
{
    /// <summary>The new group.</summary>
    public required string SnapshotGroupId { get; init; }
}
