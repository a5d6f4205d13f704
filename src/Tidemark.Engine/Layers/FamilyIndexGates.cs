namespace Tidemark.Engine.Layers;

/// <summary>Holds the index gates of several families, always taken in the same order, before any other gate.</summary>
internal sealed class FamilyIndexGates : IDisposable
{
    private readonly Family[] _families;

    /// <summary>Takes the index gate of each different family.</summary>
    public FamilyIndexGates(IEnumerable<Family> families)
    {
        _families = [.. families.Distinct().OrderBy(family => family.Id)];
        foreach (var family in _families)
        {
            family.IndexGate.Enter();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var family in _families)
        {
            family.IndexGate.Exit();
        }
    }
}
