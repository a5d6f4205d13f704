namespace Tidemark.Engine.Stores;

/// <summary>The two kinds of numbered files in a store.</summary>
public enum StoreArea
{
    /// <summary>Segments: the log and the data in one.</summary>
    Segments,

    /// <summary>Index chunks: merged, immutable parts of a layer's index.</summary>
    Index,
}
