using Tidemark.Engine.Index;
using Tidemark.Engine.Log;

namespace Tidemark.Engine.Layers;

/// <summary>
/// What a layer says about its blocks at one moment, and which layer to ask for the rest. Immutable: a reader that
/// holds one sees the layer either before or after a fold or merge, never in between.
/// </summary>
/// <param name="Tail">Segments of the log that are not yet published, newest first.</param>
/// <param name="Runs">Published runs, newest first.</param>
/// <param name="Parent">The layer below; null for a root.</param>
internal sealed record LayerIndex(LogSegment[] Tail, Run[] Runs, Layer? Parent)
{
    /// <summary>The index of a layer in which nothing was written.</summary>
    public static LayerIndex Empty(Layer? parent) => new([], [], parent);

    /// <summary>The published runs and, newer than those, what the log holds now.</summary>
    public IReadOnlyList<Run> AllRuns() => Tail.Length == 0
        ? Runs
        : [.. Tail.Select(segment => new MemoryRun(long.MaxValue, segment.FlatNow())), .. Runs];

    /// <summary>With one more segment being written.</summary>
    public LayerIndex WithTail(LogSegment segment) => this with { Tail = [segment, .. Tail] };

    /// <summary>With a segment's extents taken from a newer reading of the same file, wherever they stand.</summary>
    public LayerIndex WithReplayed(LogSegment segment) => this with
    {
        Tail = [segment, .. Tail.Where(other => other.Id != segment.Id)],
    };

    /// <summary>With a segment published as a run; null when the segment says nothing.</summary>
    public LayerIndex WithPublished(LogSegment segment, Run? run) => this with
    {
        Tail = [.. Tail.Where(other => other != segment)],
        Runs = run is null ? Runs : [run, .. Runs],
    };

    /// <summary>With older runs from below, and what lay below those.</summary>
    public LayerIndex WithFolded(IReadOnlyList<Run> older, Layer? parent) => this with
    {
        Runs = [.. Runs, .. older],
        Parent = parent,
    };

    /// <summary>With neighbouring runs replaced by one, or none; null when they are not all here any more.</summary>
    public LayerIndex? WithMerged(IReadOnlyList<Run> inputs, Run? output)
    {
        var at = Array.IndexOf(Runs, inputs[0]);
        if (at < 0 || at + inputs.Count > Runs.Length)
        {
            return null;
        }

        for (var i = 0; i < inputs.Count; i++)
        {
            if (Runs[at + i] != inputs[i])
            {
                return null;
            }
        }

        Run[] middle = output is null ? [] : [output];
        return this with { Runs = [.. Runs[..at], .. middle, .. Runs[(at + inputs.Count)..]] };
    }
}
