using Tidemark.Engine.Catalog;

namespace Tidemark.Engine.Reclaim;

/// <summary>A segment that compaction made, durable and not yet listed.</summary>
/// <param name="Row">Its row for the catalog.</param>
/// <param name="Footer">Its footer as a chunk of the layer's index.</param>
internal sealed record PackedSegment(SegmentRow Row, ChunkRow Footer);
