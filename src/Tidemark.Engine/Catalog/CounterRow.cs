namespace Tidemark.Engine.Catalog;

/// <summary>The numbers that are given out once and never again; one row for the whole catalog.</summary>
/// <param name="NextLayerId">The next layer id that nobody has reserved.</param>
/// <param name="NextSegmentId">The next segment id that nobody has reserved.</param>
/// <param name="NextChunkId">The next index file id that nobody has reserved.</param>
/// <param name="Epoch">Raised each time an engine opens the store; written in every segment.</param>
public sealed record CounterRow(long NextLayerId, long NextSegmentId, long NextChunkId, long Epoch);
