namespace Tidemark.Engine;

/// <summary>Figures of the whole engine at one moment.</summary>
/// <param name="DiskCount">Disks in the catalog.</param>
/// <param name="LayerCount">Layers in the catalog, unnamed ones included.</param>
/// <param name="SegmentCount">Segments on the store.</param>
/// <param name="PendingBytes">Bytes known to be dead that are not yet given back.</param>
/// <param name="MapBytes">Unmanaged memory of the map cache in use.</param>
public readonly record struct EngineStatistics(
    int DiskCount, int LayerCount, int SegmentCount, long PendingBytes, long MapBytes);
