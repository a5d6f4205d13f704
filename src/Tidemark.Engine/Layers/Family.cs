namespace Tidemark.Engine.Layers;

/// <summary>
/// A tree of layers: a disk, its snapshots, its clones, and theirs. The unit of structure changes.
/// </summary>
internal sealed class Family(long id)
{
    /// <summary>Orders families when several gates are taken at once.</summary>
    public long Id { get; } = id;

    /// <summary>
    /// Held, across the catalog commit, by whoever changes published indexes or takes layers away: publishing, folding,
    /// dropping, merging, thinning, rollback. Taken before <see cref="Gate"/>. A cut does not take it, so that it waits
    /// for none of their commits; both may change rows of the same disk or layer, and each only its own columns.
    /// </summary>
    public Lock IndexGate { get; } = new();

    /// <summary>
    /// Guards the structure in memory: parents, children, names. Held across their own commits by cuts and by changes
    /// of names; by holders of <see cref="IndexGate"/> only while they change memory.
    /// </summary>
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
