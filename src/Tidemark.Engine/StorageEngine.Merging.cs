using Tidemark.Engine.Catalog;
using Tidemark.Engine.Index;
using Tidemark.Engine.Layers;
using Tidemark.Engine.Reclaim;
using Tidemark.Engine.Stores;

namespace Tidemark.Engine;

/// <content>
/// Merging: several runs of a layer become one, which finds what is hidden. The result replaces its inputs in one
/// transaction; a layer that changed meanwhile makes it worthless, never wrong.
/// </content>
public sealed partial class StorageEngine
{
    private const int RunsPerLevelMax = 8;

    // What an extent costs of a budget, written anew; and how many are worth a turn.
    private const int ExtentBytes = 40;
    private const int ExtentsAtOnceMin = 64;

    // One merge for the engine at a time, over as many steps as the budget makes of it.
    private LayerMerge? _merge;

    private bool TryGoOnMerging(ref long left, ref Exception? first)
    {
        try
        {
            var budget = left;
            return Working(EngineWorkKind.Merge).End(GoOnMerging(ref left), budget - left);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            SayFailure("A merge that went on", e);
            first ??= e;
            return false;
        }
    }

    // Sealed layers end as one run. Open ones are merged level by level, each eight times as large as the one before,
    // and as a whole only when nobody writes.
    private Run[]? RunsToMerge(Layer layer, bool isIdle)
    {
        if ((isIdle ? IndexOf(layer) : layer.LoadedIndex) is not { } index || layer.IsGone)
        {
            return null;
        }

        var runs = index.Runs;
        if (runs.Length > 1 && (isIdle || layer.HasFoldedRuns || (layer.IsSealed && index.Tail.Length == 0)))
        {
            return runs;
        }

        var sameLevel = 1;
        for (var i = 1; i < runs.Length; i++)
        {
            sameLevel = LevelOf(runs[i]) <= LevelOf(runs[i - 1]) ? sameLevel + 1 : 1;
            if (sameLevel >= RunsPerLevelMax && (i + 1 == runs.Length || LevelOf(runs[i + 1]) > LevelOf(runs[i])))
            {
                return runs[(i + 1 - sameLevel)..(i + 1)];
            }
        }

        return null;
    }

    private static int LevelOf(Run run) => (int)(Math.Log2(Math.Max(run.ExtentCount, 1)) / 3);

    private bool Merge(Layer layer, Run[] inputs, ref long left)
    {
        var dead = new List<DeadRange>();
        var index = IndexOf(layer);
        var dropZeros = index.Parent is null && inputs[^1] == index.Runs[^1];
        var writer = new ChunkWriter(_chunks, layer.Id, inputs[0].RunNumber);
        var work = new MergeWork(inputs, writer, dropZeros, _chunks, dead);
        _merge = new LayerMerge(layer, inputs, dropZeros, work, dead);
        return GoOnMerging(ref left);
    }

    // A large merge goes on over as many steps as the budget makes of it. Its inputs stay while they are runs of the
    // layer, and files go only at the end of a step; so one look at the start of each piece is enough.
    private bool GoOnMerging(ref long left)
    {
        if (_merge is not { } merge)
        {
            return false;
        }

        var before = merge.Work.ExtentsRead;
        var goesOn = false;
        try
        {
            var isOver = merge.IsOvertaken || merge.Work.Advance(Math.Max(left / ExtentBytes, ExtentsAtOnceMin));
            left -= Math.Max((merge.Work.ExtentsRead - before) * ExtentBytes, 4096);
            if (isOver && !merge.IsOvertaken)
            {
                var result = merge.Work.Finish();
                lock (merge.Layer.Family.IndexGate)
                {
                    PublishMerge(merge, result);
                }
            }

            goesOn = !isOver;
            return true;
        }
        finally
        {
            if (!goesOn)
            {
                _merge = null;
                merge.Work.Dispose();
                merge.Layer.Family.Touch();
            }
        }
    }

    // Under the index gate, where nothing can overtake it any more.
    private void PublishMerge(LayerMerge merge, MergeResult result)
    {
        if (merge.IsOvertaken)
        {
            _reclaim.RetireChunks(ChunkRun.NewFiles(merge.Inputs, result.Chunks));
            return;
        }

        var run = result.Chunks.Count == 0 ? null : RunOf(result.Chunks);
        CommitRuns(merge.Layer, merge.Inputs, run, result.ReplacedChunks, merge.Dead);
    }

    // Under the index gate: replaces runs of a layer by one, and retires what nothing refers to any more. The counts
    // are taken away meanwhile: should anything fail, they are counted anew.
    private void CommitRuns(Layer layer, IReadOnlyList<Run> inputs, ChunkRun? run,
        IReadOnlyList<ChunkRow> replaced, List<DeadRange> dead, IReadOnlyList<SegmentRow>? made = null)
    {
        var references = ReferencesOf(layer);
        layer.SegmentReferences = null;
        foreach (var input in inputs)
        {
            AddReferences(references, ((ChunkRun)input).Chunks, -1);
        }

        AddReferences(references, run?.Chunks ?? [], +1);
        var unused = references.Where(pair => pair.Value == 0).Select(pair => pair.Key).ToArray();
        SegmentRow[] retired =
            [.. unused.Where(_segments.ContainsKey).Select(id => _segments[id] with { IsRetired = true })];
        _catalog.Commit(transaction =>
        {
            foreach (var input in inputs)
            {
                transaction.DeleteRun(layer.Id, input.RunNumber);
            }

            foreach (var chunk in run?.Chunks ?? [])
            {
                transaction.Put(chunk.Row);
            }

            Array.ForEach(retired, transaction.Put);
            foreach (var row in made ?? [])
            {
                transaction.Put(row);
            }
        });
        foreach (var row in made ?? [])
        {
            _segments[row.SegmentId] = row;
        }

        layer.SegmentReferences = references;
        layer.Update(index => index.WithMerged(inputs, run) ?? index);
        layer.HasFoldedRuns = layer.HasFoldedRuns && layer.LoadedIndex is { Runs.Length: > 1 };
        Array.ForEach(unused, id => references.Remove(id));
        Array.ForEach(retired, row => _segments[row.SegmentId] = row);
        var gone = retired.Select(row => row.SegmentId).ToHashSet();
        _reclaim.Hide([.. dead.Where(range => !gone.Contains(range.SegmentId))]);
        _reclaim.RetireSegments([.. gone]);
        _reclaim.RetireChunks([.. replaced.Where(row => !row.IsFooter).Select(row => row.ObjectId)]);
        layer.Family.Touch();
    }
}
