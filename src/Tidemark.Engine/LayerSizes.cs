namespace Tidemark.Engine;

/// <summary>The sizes of one snapshot's layer, in bytes of 4 KiB blocks with data unless said otherwise.</summary>
/// <param name="IsExact">False while the layer's index is still being merged: the figures are upper bounds until
/// then.</param>
/// <param name="ReferencedBytes">Everything that reading the snapshot can reach.</param>
/// <param name="UniqueBytes">What would be freed if this snapshot alone were deleted.</param>
/// <param name="SharedBytes">Referenced, less unique.</param>
/// <param name="ChangedBytes">Written or trimmed since the parent layer, trimmed blocks counted too.</param>
public readonly record struct LayerSizes(
    bool IsExact, long ReferencedBytes, long UniqueBytes, long SharedBytes, long ChangedBytes);
