namespace Tidemark.Engine.Layers;

/// <summary>
/// A tree of layers: a disk, its snapshots, its clones, and theirs. The unit of structure changes.
/// </summary>
/// <param name="id">Orders families.</param>
/// <param name="looseLayersMax">So many layers without a group are asked in one read before groups are made.</param>
internal sealed class Family(long id, int looseLayersMax)
{
    /// <summary>So many layers without a group are asked in one read before groups are made.</summary>
    public int LooseLayersMax { get; } = looseLayersMax;

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

    /// <summary>True when a read passed many layers one by one, and groups may spare that.</summary>
    public bool WantsGroups { get; set; }

    /// <summary>True when something changed since groups were last made.</summary>
    public bool CanGroup { get; set; } = true;

    /// <summary>Something changed: background work looks at the family again.</summary>
    public void Touch()
    {
        CanGroup = true;
        NeedsWork = true;
        NeedsIdleWork = true;
    }

    /// <summary>A read passed many layers one by one: background work makes groups, unless it tried in vain.</summary>
    public void WishGroups()
    {
        if (CanGroup)
        {
            WantsGroups = true;
            NeedsWork = true;
        }
    }
}
