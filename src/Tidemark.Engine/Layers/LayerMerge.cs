using Tidemark.Engine.Index;
using Tidemark.Engine.Reclaim;

namespace Tidemark.Engine.Layers;

/// <summary>A merge of a layer's runs that goes on over several steps. Belongs to the step gate.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Inputs">Neighbouring runs of it, newest first.</param>
/// <param name="DropZeros">True when nothing lies below that a zero extent could hide.</param>
/// <param name="Work">How far it is; disposed by whoever ends it.</param>
/// <param name="Dead">The slots found hidden so far.</param>
internal sealed record LayerMerge(Layer Layer, Run[] Inputs, bool DropZeros, MergeWork Work, List<DeadRange> Dead)
{
    /// <summary>True when the layer has changed in a way that makes the result useless.</summary>
    public bool IsOvertaken =>
        Layer.IsGone || Layer.LoadedIndex is not { } index || index.WithMerged(Inputs, null) is null
        || (DropZeros && (index.Parent is not null || index.Runs[^1] != Inputs[^1]));
}
