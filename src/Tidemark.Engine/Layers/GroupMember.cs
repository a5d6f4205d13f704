using Tidemark.Engine.Index;

namespace Tidemark.Engine.Layers;

/// <summary>A layer's place in a group.</summary>
/// <param name="Group">The group.</param>
/// <param name="Position">The place; 0 is the newest member.</param>
/// <param name="Index">The layer's index when the group was made; what the group knows holds for this one.</param>
internal sealed record GroupMember(LayerGroup Group, int Position, LayerIndex Index)
{
    /// <summary>False when the index has no extent in the regions.</summary>
    public bool MayTouch(LayerIndex index, RegionRange range) =>
        !ReferenceEquals(index, Index) || Group.TouchedBy(Position) is not { } touched || touched.Intersects(range);
}
