namespace Tidemark.Engine.Layers;

/// <summary>A number of blocks, counted by walking indexes; it holds for as long as those stay the same.</summary>
/// <param name="Key">Tells the layers that were walked, and the versions of their indexes.</param>
/// <param name="BlockCount">The number.</param>
internal sealed record LayerFigure(long Key, long BlockCount);
