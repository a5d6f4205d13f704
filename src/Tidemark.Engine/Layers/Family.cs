namespace Tidemark.Engine.Layers;

/// <summary>
/// A tree of layers: a disk, its snapshots, its clones, and theirs. The unit of structure changes: whoever changes
/// names, parents or published indexes in it holds the gate until the catalog has committed.
/// </summary>
internal sealed class Family(long id)
{
    /// <summary>Orders families when several gates are taken at once.</summary>
    public long Id { get; } = id;

    /// <summary>Guards the structure. Held across catalog commits, never across work on the data itself.</summary>
    public Lock Gate { get; } = new();

    /// <summary>All layers of the tree.</summary>
    public List<Layer> Layers { get; } = [];

    /// <summary>True when a change may have made work possible that is done at any time.</summary>
    public bool NeedsWork { get; set; } = true;

    /// <summary>True when a change may have made work possible that is done when nobody writes.</summary>
    public bool NeedsIdleWork { get; set; } = true;

    /// <summary>Something changed: background work looks at the family again.</summary>
    public void Touch()
    {
        NeedsWork = true;
        NeedsIdleWork = true;
    }
}
