using Tidemark.Engine.Index;

namespace Tidemark.Engine.Layers;

/// <summary>
/// Sealed layers that lie directly above one another, taken together: which regions at least one of them touched, so
/// that a reader who asks for another region goes past all of them at once. Derived, in memory, never truth; void as
/// soon as the index or the place of one of its layers changes. Safe for concurrent use.
/// </summary>
/// <remarks>
/// Invariant: while <see cref="Regions"/> is set, no layer on the way from any member down to <see cref="Below"/> has
/// an extent outside of them. A reader may come in at any member, as the layers of a clone do. One that read it just
/// before it became void sees the layers as they were then: what is below has its index still, and its files for as
/// long as the read lasts.
/// </remarks>
/// <param name="family">The members' family.</param>
/// <param name="regions">The regions that the members touched.</param>
/// <param name="touched">The same for each member that is a layer, newest first; none when members are groups.</param>
/// <param name="below">The layer below the lowest member; null when that is a root.</param>
/// <param name="footprintBytes">The memory that the group and what hangs on it take, roughly.</param>
internal sealed class LayerGroup(Family family, RegionSet regions, RegionSet[] touched, Layer? below,
    long footprintBytes)
{
    private readonly Lock _gate = new();
    private RegionSet? _regions = regions;
    private RegionSet[]? _touched = touched;
    private LayerGroup? _outer;

    /// <summary>The members' family.</summary>
    public Family Family { get; } = family;

    /// <summary>The layer below the lowest member; null when that is a root.</summary>
    public Layer? Below { get; } = below;

    /// <summary>The memory that the group and what hangs on it take, roughly.</summary>
    public long FootprintBytes { get; } = footprintBytes;

    /// <summary>The regions that the members touched; null once the group is void.</summary>
    public RegionSet? Regions => Volatile.Read(ref _regions);

    /// <summary>A group of groups that this one is a member of; null when there is none, or it is void.</summary>
    public LayerGroup? Outer => Volatile.Read(ref _outer) is { Regions: not null } outer ? outer : null;

    /// <summary>The regions that a member touched; null once the group is void.</summary>
    public RegionSet? TouchedBy(int position) => Volatile.Read(ref _touched)?[position];

    /// <summary>True, with the layer to go on with, when no member touched any of the regions.</summary>
    public bool TryPass(RegionRange range, out Layer? below)
    {
        if (Volatile.Read(ref _outer) is { } outer && outer.TryPass(range, out below))
        {
            return true;
        }

        below = Below;
        return Regions is { } touched && !touched.Intersects(range);
    }

    /// <summary>Becomes a member of a larger group; false when this one is void.</summary>
    public bool TryJoin(LayerGroup outer)
    {
        lock (_gate)
        {
            if (_regions is null)
            {
                return false;
            }

            Volatile.Write(ref _outer, outer);
            return true;
        }
    }

    /// <summary>A member changed, or the memory is needed: nobody passes any more.</summary>
    public void Void()
    {
        LayerGroup? outer;
        lock (_gate)
        {
            Volatile.Write(ref _regions, null);
            Volatile.Write(ref _touched, null);
            outer = _outer;
            Volatile.Write(ref _outer, null);
        }

        outer?.Void();
    }
}
