namespace Tidemark.Engine.Stores;

/// <summary>
/// The names of one area of a simulated store: as they are, as the device surely has them, and every state between the
/// two. The store's lock guards it.
/// </summary>
internal sealed class SimulatedNames
{
    private readonly Dictionary<long, SimulatedName> _live = [];
    private readonly Dictionary<long, SimulatedName> _durable = [];
    private readonly Dictionary<long, List<SimulatedName?>> _unsynced = []; // what each id was since the last sync
    private bool _hasFailed;

    /// <summary>Every id with a name, in the area or in the lost folder.</summary>
    public IReadOnlyDictionary<long, SimulatedName> Live => _live;

    /// <summary>Every file that has a name, or may have one again after a power cut.</summary>
    public IEnumerable<SimulatedContent> Reachable =>
        _live.Values.Concat(_durable.Values).Concat(_unsynced.Values.SelectMany(names => names).OfType<SimulatedName>())
            .Select(name => name.Content)
            .Distinct();

    /// <summary>The file of an id in the area; null when there is none.</summary>
    public SimulatedContent? Find(long id) =>
        _live.GetValueOrDefault(id) is { LostAt: null } name ? name.Content : null;

    /// <summary>Sets what an id leads to; null takes the name away.</summary>
    public void Set(long id, SimulatedName? name)
    {
        if (name is null)
            _live.Remove(id);
        else
            _live[id] = name;

        if (!_unsynced.TryGetValue(id, out var states))
            _unsynced[id] = states = [];
        states.Add(name);
    }

    /// <summary>Makes the names durable; false for ever after <see cref="LoseSync"/>.</summary>
    public bool TrySync()
    {
        if (_hasFailed)
            return false;
        foreach (var id in _unsynced.Keys)
            SetDurable(id, _live.GetValueOrDefault(id));
        _unsynced.Clear();
        return true;
    }

    /// <summary>Fails this sync and every later one; what was to be made durable stays in doubt.</summary>
    public void LoseSync() => _hasFailed = true;

    /// <summary>Forgets the failure of a sync, as a process does that dies.</summary>
    public void KillProcess() => _hasFailed = false;

    /// <summary>Becomes what a power cut leaves: each id as at the last sync, or as at any time since.</summary>
    public void CutPower(Random random)
    {
        _hasFailed = false;
        foreach (var (id, states) in _unsynced)
        {
            var chosen = random.Next(states.Count + 1);
            if (chosen > 0)
                SetDurable(id, states[chosen - 1]);
        }

        _unsynced.Clear();
        _live.Clear();
        foreach (var (id, name) in _durable)
            _live[id] = name;
    }

    private void SetDurable(long id, SimulatedName? name)
    {
        if (name is null)
            _durable.Remove(id);
        else
            _durable[id] = name;
    }
}
