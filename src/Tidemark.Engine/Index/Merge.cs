using Tidemark.Engine.Reclaim;

namespace Tidemark.Engine.Index;

/// <summary>Makes one run of several. The inputs stay as they are until the caller publishes the result.</summary>
internal static class Merge
{
    // Between two questions whether to go on.
    private const int ExtentsBetweenChecks = 4096;

    /// <summary>
    /// Merges runs in block order; a newer one hides the older ones. Chunks that nothing else touches are adopted as
    /// <see cref="MergePlan"/> says, all else is written anew, and durable on return. On an exception nothing is left.
    /// </summary>
    /// <param name="newestFirst">The inputs; each hides all after it.</param>
    /// <param name="layerId">The layer that the new run belongs to.</param>
    /// <param name="newRunNumber">Its number there.</param>
    /// <param name="dropZeros">True when nothing lies below that a zero extent could hide.</param>
    /// <param name="files">Makes the new index files.</param>
    /// <param name="dead">Receives the slots of hidden data.</param>
    /// <param name="isCancelled">Asked now and then; true ends the merge with <see
    /// cref="OperationCanceledException"/>.</param>
    public static MergeResult Run(
        IReadOnlyList<Run> newestFirst,
        long layerId,
        long newRunNumber,
        bool dropZeros,
        ChunkFiles files,
        List<DeadRange> dead,
        Func<bool>? isCancelled = null)
    {
        using var work = new MergeWork(
            newestFirst, new ChunkWriter(files, layerId, newRunNumber), dropZeros, files, dead);
        while (!work.Advance(ExtentsBetweenChecks))
        {
            if (isCancelled is not null && isCancelled())
            {
                throw new OperationCanceledException(
                    $"The merge of layer {layerId} was ended after {work.ExtentsRead} extents.");
            }
        }

        return work.Finish();
    }
}
