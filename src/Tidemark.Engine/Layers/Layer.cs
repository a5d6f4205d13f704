using Tidemark.Engine.Log;

namespace Tidemark.Engine.Layers;

/// <summary>
/// Everything written to a disk between two cuts. What a reader needs is in <see cref="Index"/>, an immutable value
/// that is replaced as a whole; the rest is structure, guarded by the family's gate.
/// </summary>
internal sealed class Layer
{
    private readonly Lock _indexGate = new();
    private LayerIndex? _index;

    /// <summary>Makes a layer whose index is loaded at its first use, or given.</summary>
    public Layer(Family family, long id, string diskId, Layer? parent, LayerIndex? index)
    {
        Family = family;
        Id = id;
        DiskId = diskId;
        Parent = parent;
        _index = index;
        parent?.Children.Add(this);
    }

    /// <summary>The tree the layer is part of.</summary>
    public Family Family { get; }

    /// <summary>The layer's id.</summary>
    public long Id { get; }

    /// <summary>The disk whose log wrote it.</summary>
    public string DiskId { get; }

    /// <summary>The layer below; null for a root.</summary>
    public Layer? Parent { get; private set; }

    /// <summary>The layers directly above.</summary>
    public HashSet<Layer> Children { get; } = [];

    /// <summary>False while it takes writes.</summary>
    public bool IsSealed { get; set; }

    /// <summary>Snapshots that name it.</summary>
    public int NameCount { get; set; }

    /// <summary>Views and jobs that need it as it is.</summary>
    public int PinCount { get; set; }

    /// <summary>True while a disk names it.</summary>
    public bool IsHead { get; set; }

    /// <summary>
    /// True when a cut sealed it and nothing about that could be committed: the catalog still takes it for the open
    /// layer.
    /// </summary>
    public bool IsUncommitted { get; set; }

    /// <summary>True once no catalog row speaks of it.</summary>
    public bool IsGone { get; set; }

    /// <summary>The first sequence of the disk's log that belongs to it.</summary>
    public long FirstSequence { get; set; }

    /// <summary>The last one; <see cref="long.MaxValue"/> while open.</summary>
    public long LastSequence { get; set; } = long.MaxValue;

    /// <summary>The size of the disk at the seal, or now.</summary>
    public long SizeBytes { get; set; }

    /// <summary>True when something reads through it: a name, a pin, a disk.</summary>
    public bool IsRoot => NameCount > 0 || PinCount > 0 || IsHead || IsUncommitted;

    /// <summary>
    /// Raised with each change of the published index, so that work that depends on it knows when to look again.
    /// </summary>
    public long Version { get; private set; }

    /// <summary>
    /// For each segment that the published index refers to: data blocks referred to, plus one when its footer is a run.
    /// Null until somebody needed it; guarded by the engine's step lock.
    /// </summary>
    public Dictionary<long, long>? SegmentReferences { get; set; }

    /// <summary>The sum of the versions of the layers above when hidden blocks were last looked for.</summary>
    public long HiddenSearchVersion { get; set; } = -1;

    /// <summary>
    /// <see cref="Version"/> when segments to compact were last looked for; guarded by the engine's step lock.
    /// </summary>
    public long CompactionSearchVersion { get; set; } = -1;

    /// <summary>The index now; null until loaded.</summary>
    public LayerIndex? LoadedIndex => Volatile.Read(ref _index);

    /// <summary>Sets the index that was loaded, unless another thread was first; returns the one that counts.</summary>
    public LayerIndex SetLoaded(LayerIndex index)
    {
        lock (_indexGate)
        {
            _index ??= index;
            return _index;
        }
    }

    /// <summary>Replaces the index by what <paramref name="change"/> makes of it. Requires that it is loaded.</summary>
    public void Update(Func<LayerIndex, LayerIndex> change)
    {
        lock (_indexGate)
        {
            var index = _index ?? throw new InvalidOperationException($"The index of layer {Id} is not loaded.");
            Volatile.Write(ref _index, change(index));
            Version++;
        }
    }

    /// <summary>Adds a segment that the log is about to write.</summary>
    public void AddTail(LogSegment segment) => Update(index => index.WithTail(segment));

    /// <summary>Moves the layer onto another parent, in the structure and for readers at once.</summary>
    public void Reparent(Layer? parent)
    {
        Parent?.Children.Remove(this);
        Parent = parent;
        parent?.Children.Add(this);
        lock (_indexGate)
        {
            if (_index is not null)
            {
                Volatile.Write(ref _index, _index with { Parent = parent });
            }
        }
    }

    /// <summary>Takes the layer out of the tree.</summary>
    public void Detach()
    {
        IsGone = true;
        Parent?.Children.Remove(this);
        Parent = null;
    }
}
