using Tidemark.Engine.Catalog;
using Tidemark.Engine.Format;
using Tidemark.Engine.Index;

namespace Tidemark.Engine.Reclaim;

/// <summary>
/// Which segments of one layer are rewritten together, and what of its index with them. Every chunk that names one of
/// the segments is among the inputs, so that nothing refers to them once the result is published.
/// </summary>
internal sealed class CompactionPlan
{
    // An index file of this many extents at most is not worth keeping beside the new segments.
    private const long FooterExtentsMax = 4096;

    private CompactionPlan(Run[] inputs, HashSet<long> sources)
    {
        Inputs = inputs;
        Sources = sources;
    }

    /// <summary>Neighbouring runs of the layer, newest first, that the result replaces.</summary>
    public Run[] Inputs { get; }

    /// <summary>The segments that go.</summary>
    public HashSet<long> Sources { get; }

    /// <summary>Data blocks that move.</summary>
    public long LiveBlocks { get; private init; }

    /// <summary>Chunks that name none of the segments and stay as they are, in block order.</summary>
    public IReadOnlyList<ChunkRow> Adopted { get; private set; } = [];

    /// <summary>Chunks that are written anew.</summary>
    public IReadOnlyList<ChunkRow> Rewritten { get; private set; } = [];

    /// <summary>
    /// True when the inputs name no other segment, and are small: the footers of the new ones are then the index.
    /// </summary>
    public bool IsWhole { get; private set; }

    /// <summary>
    /// Chooses what to compact; null when nothing is worth it. Reads the segment tables of the runs' chunks when some
    /// segment is a candidate.
    /// </summary>
    /// <param name="policy">What is worth it.</param>
    /// <param name="runs">The layer's published runs, newest first.</param>
    /// <param name="segments">The segments that they name and that may be compacted.</param>
    public static CompactionPlan? Choose(
        CompactionPolicy policy, Run[] runs, IReadOnlyCollection<SegmentLiveness> segments)
    {
        var thin = segments.Where(segment => segment.IsThin(policy)).OrderBy(segment => segment.LiveBlocks);
        if (TryPlan(policy, runs, Limited(policy, thin, policy.BlocksAtOnceMax)) is { } plan)
        {
            return plan;
        }

        var small = segments.Where(segment => segment.IsSmall(policy)).OrderBy(segment => segment.LiveBlocks).ToArray();
        foreach (var level in small.GroupBy(segment => segment.Level))
        {
            if (level.Count() < policy.SmallCountMin)
            {
                continue;
            }

            var upTo = small.Where(segment => segment.Level <= level.Key);
            var sources = Limited(policy, upTo, SegmentLayout.DataSlotsMax - 1);
            if (sources.Count > 1 && TryPlan(policy, runs, sources) is { } merge)
            {
                return merge;
            }
        }

        return null;
    }

    private static List<SegmentLiveness> Limited(
        CompactionPolicy policy, IEnumerable<SegmentLiveness> segments, long blocksMax)
    {
        var some = new List<SegmentLiveness>();
        foreach (var segment in segments)
        {
            blocksMax -= segment.LiveBlocks;
            if (blocksMax < 0 || some.Count == policy.SegmentsAtOnceMax)
            {
                break;
            }

            some.Add(segment);
        }

        return some;
    }

    private static CompactionPlan? TryPlan(CompactionPolicy policy, Run[] runs, List<SegmentLiveness> sources)
    {
        if (sources.Count == 0)
        {
            return null;
        }

        var plan = Bind(runs, sources);
        var liveBytes = plan.LiveBlocks << Blocks.SizeShift;
        var segmentsMade = (plan.LiveBlocks + SegmentLayout.DataSlotsMax - 2) / (SegmentLayout.DataSlotsMax - 1);
        var cost = liveBytes + plan.Rewritten.Sum(row => row.LengthBytes);
        var gain = sources.Sum(source => source.LengthBytes) - liveBytes
            + (policy.FileWorthBytes * (sources.Count - segmentsMade));
        return gain >= cost ? plan : null;
    }

    private static CompactionPlan Bind(Run[] runs, List<SegmentLiveness> sources)
    {
        var ids = sources.Select(source => source.SegmentId).ToHashSet();
        var named = runs.Select(run => NamedBy((ChunkRun)run)).ToArray();
        var first = Array.FindIndex(named, chunks => chunks.Values.Any(ids.Overlaps));
        var last = Array.FindLastIndex(named, chunks => chunks.Values.Any(ids.Overlaps));
        if (first < 0)
        {
            throw new InvalidOperationException("No index names the segments to be compacted.");
        }

        var plan = new CompactionPlan(runs[first..(last + 1)], ids)
        {
            LiveBlocks = sources.Sum(source => source.LiveBlocks),
        };
        plan.Divide(named[first..(last + 1)]);
        return plan;
    }

    // The segments that each chunk of a run needs, the one that it is the footer of among them.
    private static Dictionary<ChunkRow, HashSet<long>> NamedBy(ChunkRun run)
    {
        var named = new Dictionary<ChunkRow, HashSet<long>>();
        foreach (var chunk in run.Chunks)
        {
            var references = new Dictionary<long, long>();
            chunk.AddSegmentReferences(references, +1);
            HashSet<long> ids = [.. references.Keys];
            if (chunk.Row.IsFooter)
            {
                ids.Add(chunk.Row.ObjectId);
            }

            named.Add(chunk.Row, ids);
        }

        return named;
    }

    // Of several runs none is adopted: their chunks lie across each other.
    private void Divide(Dictionary<ChunkRow, HashSet<long>>[] named)
    {
        var rows = named.SelectMany(run => run).OrderBy(pair => pair.Key.FirstBlock).ToArray();
        IsWhole = rows.All(pair => pair.Value.IsSubsetOf(Sources))
            && (Inputs.Sum(run => run.ExtentCount) <= FooterExtentsMax
                || Inputs.All(run => run.ZeroBlockCount == 0));
        Adopted = IsWhole || named.Length > 1
            ? []
            : [.. rows.Where(pair => !pair.Value.Overlaps(Sources)).Select(pair => pair.Key)];
        Rewritten = [.. rows.Select(pair => pair.Key).Except(Adopted)];
    }
}
