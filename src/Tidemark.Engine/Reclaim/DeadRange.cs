namespace Tidemark.Engine.Reclaim;

/// <summary>Consecutive slots of a segment that no name can see any more.</summary>
/// <param name="SegmentId">The segment.</param>
/// <param name="Slot">The first slot, in units of 4 KiB from the start of the file.</param>
/// <param name="SlotCount">How many slots.</param>
public readonly record struct DeadRange(long SegmentId, int Slot, int SlotCount);
