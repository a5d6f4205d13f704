namespace Tidemark.Engine;

/// <summary>A run of blocks in one state.</summary>
/// <param name="FirstBlock">The first block, in units of 4 KiB.</param>
/// <param name="BlockCount">How many blocks.</param>
/// <param name="IsData">True when the blocks hold data, false when they are zero or were never written.</param>
public readonly record struct BlockRange(long FirstBlock, long BlockCount, bool IsData);
