namespace Tidemark.Simulation.Histories;

/// <summary>
/// A disk as a plain dictionary, with every operation since the last point that is surely durable, so that what a power
/// cut leaves can be held against each prefix.
/// </summary>
internal sealed class DiskModel(string id)
{
    private readonly List<(Dictionary<long, Sector[]> Blocks, HashSet<long> Touched)> _states = [];

    /// <summary>The disk's id.</summary>
    public string Id { get; } = id;

    /// <summary>The newest state: for each block its eight sectors. Blocks that read as zeros are left out.</summary>
    public Dictionary<long, Sector[]> Blocks { get; private set; } = [];

    /// <summary>The snapshot that the head stands on; null for none.</summary>
    public SnapshotModel? Parent { get; set; }

    /// <summary>Blocks written or trimmed since the last cut.</summary>
    public HashSet<long> Touched { get; set; } = [];

    /// <summary>
    /// False when a power cut left one of several states that read alike but were written to differently (a trim of
    /// what was zero already): which blocks count as changed is then not known.
    /// </summary>
    public bool IsTouchedKnown { get; set; } = true;

    /// <summary>Operations that a power cut may take back, one by one from the end.</summary>
    public int UndurableCount => _states.Count;

    /// <summary>Remembers the state before an operation, which can be lost until the next flush.</summary>
    public void BeginOperation() => _states.Add((Copy(Blocks), [.. Touched]));

    /// <summary>The last operation was refused: the state is the one before it.</summary>
    public void UndoOperation()
    {
        (Blocks, Touched) = _states[^1];
        _states.RemoveAt(_states.Count - 1);
    }

    /// <summary>Everything so far is durable.</summary>
    public void MarkDurable() => _states.Clear();

    /// <summary>Starts over from a state that is durable.</summary>
    public void Reset(Dictionary<long, Sector[]> blocks)
    {
        Blocks = Copy(blocks);
        MarkDurable();
    }

    /// <summary>Writes sectors of one block.</summary>
    public void Write(long block, int firstSector, int sectorCount, long stamp)
    {
        var sectors = Blocks.TryGetValue(block, out var old) ? (Sector[])old.Clone() : new Sector[8];
        for (var i = firstSector; i < firstSector + sectorCount; i++)
        {
            sectors[i] = new Sector(stamp);
        }

        Blocks[block] = sectors;
        Touched.Add(block);
    }

    /// <summary>Makes a block read as zeros.</summary>
    public void Zero(long block)
    {
        Blocks.Remove(block);
        Touched.Add(block);
    }

    /// <summary>The states that a power cut may leave, newest first.</summary>
    public IEnumerable<(Dictionary<long, Sector[]> Blocks, HashSet<long> Touched)> PossibleStates() =>
        _states.Append((Blocks, Touched)).Reverse();

    /// <summary>A state of its own.</summary>
    public static Dictionary<long, Sector[]> Copy(Dictionary<long, Sector[]> blocks) => new(blocks);

    /// <summary>Sets the state that was found after a crash.</summary>
    public void Adopt((Dictionary<long, Sector[]> Blocks, HashSet<long> Touched) state, bool isTouchedKnown)
    {
        IsTouchedKnown &= isTouchedKnown;
        Blocks = Copy(state.Blocks);
        Touched = [.. state.Touched];
        MarkDurable();
    }
}
