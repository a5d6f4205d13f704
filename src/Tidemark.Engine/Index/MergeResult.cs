using Tidemark.Engine.Catalog;

namespace Tidemark.Engine.Index;

/// <summary>What a merge made. Nothing refers to it until the caller has published it in the catalog.</summary>
/// <param name="Chunks">The chunks of the new run in block order, adopted ones among them; durable.</param>
/// <param name="ReplacedChunks">The input chunks that the new run does without.</param>
internal sealed record MergeResult(
    IReadOnlyList<ChunkRow> Chunks,
    IReadOnlyList<ChunkRow> ReplacedChunks);
