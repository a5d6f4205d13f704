namespace Tidemark.Engine.Layers;

/// <summary>Holds the gates of several families, always taken in the same order.</summary>
internal sealed class FamilyGates : IDisposable
{
    private readonly Family[] _families;

    /// <summary>Takes the gate of each different family.</summary>
    public FamilyGates(IEnumerable<Family> families)
    {
        _families = [.. families.Distinct().OrderBy(family => family.Id)];
        foreach (var family in _families)
        {
            family.Gate.Enter();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var family in _families)
        {
            family.Gate.Exit();
        }
    }
}
