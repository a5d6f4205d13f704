namespace Tidemark.Engine.Format;

/// <summary>What file an index chunk is in. The bytes are the same in both.</summary>
internal enum ChunkKind
{
    /// <summary>A file of its own in the index area.</summary>
    IndexFile = 1,

    /// <summary>The footer of a segment.</summary>
    Footer = 2,
}
