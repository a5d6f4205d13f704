using Tidemark.Engine.Map;
using Tidemark.Engine.Segments;
using Tidemark.Engine.Stores;

namespace Tidemark.Engine.Log;

/// <summary>Where one disk's log goes, and what it needs of the engine.</summary>
/// <param name="Store">The store.</param>
/// <param name="Files">Open segment files.</param>
/// <param name="Map">The map that follows the log.</param>
/// <param name="StoreId">Written in every segment.</param>
/// <param name="Epoch">The engine's epoch, written in every segment.</param>
/// <param name="DiskId">The disk.</param>
/// <param name="NextSegmentId">Gives ids that were never given before, rising.</param>
/// <param name="Say">The log for people.</param>
internal sealed record LogTarget(
    Store Store,
    SegmentFiles Files,
    RegionMap Map,
    Guid StoreId,
    long Epoch,
    string DiskId,
    Func<long> NextSegmentId,
    Action<bool, string> Say)
{
    private long _viewId;

    /// <summary>The view of the map that the head reads through; a new one after a rollback.</summary>
    public long ViewId
    {
        get => Volatile.Read(ref _viewId);
        set => Volatile.Write(ref _viewId, value);
    }

    /// <summary>Creates a segment's file and lends it to the log.</summary>
    public LentFile CreateSegment(long segmentId) =>
        Files.Adopt(segmentId, Store.Create(StoreArea.Segments, segmentId));

    /// <summary>Removes a segment that could not be started.</summary>
    public void AbandonSegment(LentFile file)
    {
        Files.Forget(file.SegmentId);
        Files.Return(file);
        Store.Delete(StoreArea.Segments, file.SegmentId);
    }
}
