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
        var plan = new MergePlan(newestFirst, dropZeros);
        using var writer = new ChunkWriter(files, layerId, newRunNumber);
        using var cursor = new LayerCursor(plan.Remaining(files), 0, dead);
        var adopted = 0;
        var pieces = 0L;
        while (cursor.MoveNext())
        {
            if (++pieces % ExtentsBetweenChecks == 0 && isCancelled is not null && isCancelled())
                throw new OperationCanceledException($"The merge of layer {layerId} was ended after {pieces} extents.");
            if (dropZeros && cursor.Current.IsZero)
                continue;
            while (adopted < plan.Adopted.Count && plan.Adopted[adopted].FirstBlock < cursor.Current.FirstBlock)
                writer.Adopt(plan.Adopted[adopted++]);
            writer.Add(cursor.Current, cursor.CurrentCrcs);
        }

        while (adopted < plan.Adopted.Count)
            writer.Adopt(plan.Adopted[adopted++]);
        return new MergeResult(writer.Finish(), plan.Replaced, cursor.ExtentsRead);
    }
}
