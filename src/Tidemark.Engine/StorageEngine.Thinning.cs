using Tidemark.Engine.Index;
using Tidemark.Engine.Layers;
using Tidemark.Engine.Reclaim;

namespace Tidemark.Engine;

/// <content>
/// Thinning: a layer that no name needs, with several children, gives back the blocks that are hidden in every one of
/// them. Only what children have published hides, because only that is durable.
/// </content>
public sealed partial class StorageEngine
{
    private static bool IsThinningDue(Layer layer) =>
        layer.HiddenSearchVersion != VersionAbove(layer) && layer.LoadedIndex is null or { Runs.Length: <= 1 };

    // Changes whenever a layer that can hide blocks of this one publishes, merges, or comes and goes.
    private static long VersionAbove(Layer layer)
    {
        var version = layer.Version + layer.Children.Count;
        foreach (var child in layer.Children)
        {
            version = (version * 31) + child.Id + child.Version + (child.IsRoot ? 0 : VersionAbove(child));
        }

        return version & long.MaxValue;
    }

    private bool Thin(Layer layer, ref long left)
    {
        long version;
        HiddenBlocks hidden;
        lock (layer.Family.Gate)
        {
            version = VersionAbove(layer);
            hidden = new HiddenBlocks([layer], child => child.IsRoot);
        }

        var inputs = IndexOf(layer).Runs;
        var dead = new List<DeadRange>();
        if (inputs.Length == 0 || FindHidden(layer, hidden, null, dead) == 0)
        {
            // Remembered, so that the search is not made again before something above has changed.
            layer.HiddenSearchVersion = version;
            return true;
        }

        dead.Clear();
        using var writer = new ChunkWriter(_chunks, layer.Id, inputs[0].RunNumber);
        left -= FindHidden(layer, hidden, writer, dead) * 40;
        var rows = writer.Finish();
        lock (layer.Family.IndexGate)
        {
            if (layer.IsGone || layer.IsRoot || IndexOf(layer).WithMerged(inputs, null) is null)
            {
                _reclaim.RetireChunks([.. rows.Select(row => row.ObjectId)]);
                return true;
            }

            var replaced = inputs.SelectMany(run => ((ChunkRun)run).Chunks).Select(chunk => chunk.Row).ToArray();
            CommitRuns(layer, inputs, rows.Count == 0 ? null : RunOf(rows), replaced, dead);
            layer.HiddenSearchVersion = VersionAbove(layer);
            return true;
        }
    }

    // Walks the layer beside those that may hide it; survivors go to the writer. Returns the number of hidden pieces.
    private long FindHidden(Layer layer, HiddenBlocks hidden, ChunkWriter? writer, List<DeadRange> dead)
    {
        var found = 0L;
        using var sweep = hidden.OpenSweep(IndexOf, publishedOnly: true);
        while (sweep.MoveNext())
        {
            if (!sweep.Has(layer))
            {
                continue;
            }

            ref readonly var extent = ref sweep.At(layer);
            if (!sweep.IsHidden(layer))
            {
                writer?.Add(extent, sweep.CrcsAt(layer));
                continue;
            }

            found++;
            if (!extent.IsZero)
            {
                dead.Add(new DeadRange(extent.SegmentId, extent.Slot, extent.BlockCount));
            }
        }

        return found;
    }
}
