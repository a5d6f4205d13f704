namespace Tidemark.Engine.Layers;

/// <summary>What a reader asks of a disk's head or of a snapshot's view.</summary>
internal interface IViewSource
{
    /// <summary>The view in the map.</summary>
    public long ViewId { get; }

    /// <summary>The layer that reading starts at, now.</summary>
    public Layer Head { get; }

    /// <summary>The disk or snapshot in words, for messages.</summary>
    public string Name { get; }
}
