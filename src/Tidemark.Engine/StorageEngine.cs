#pragma warning disable CA1822
using Tidemark.Engine.Catalog;
using Tidemark.Engine.Stores;

namespace Tidemark.Engine;

/// <summary>
/// Disks, snapshots and clones as one tree of layers over a store. Owns neither store nor catalog; starts no thread and
/// reads no clock: background work is <see cref="Step"/>. Safe for concurrent use.
/// Every delegate named <c>commitWith</c> runs inside the catalog transaction that commits the operation.
/// </summary>
public sealed class StorageEngine : IDisposable
{
    /// <summary>Opens the engine. Disks recover at their first <see cref="OpenDisk"/>.</summary>
    public static StorageEngine Open(Store store, EngineCatalog catalog, EngineOptions options) =>
        throw new InvalidOperationException();

    /// <summary>All disks' ids.</summary>
    public IReadOnlyList<string> DiskIds => throw new InvalidOperationException();

    /// <summary>Creates an empty disk, or one on top of a sealed layer (a clone). Sizes: 1 GiB to 32 TiB, a multiple of 512, not below the layer's.</summary>
    public EngineDisk CreateDisk(
        string diskId, long sizeBytes, long? fromLayerId, Action<CatalogTransaction>? commitWith = null) =>
        throw new InvalidOperationException();

    /// <summary>Opens a disk, recovering it first when this is the first time; the same instance every time until it is closed or dropped.</summary>
    public EngineDisk OpenDisk(string diskId) => throw new InvalidOperationException();

    /// <summary>Flushes and forgets an open disk; the next <see cref="OpenDisk"/> reads it anew, which also clears a fault.</summary>
    public void CloseDisk(string diskId) => throw new InvalidOperationException();

    /// <summary>
    /// Cuts disks at one instant: what was answered before is in the sealed layers, which are returned in the order of
    /// <paramref name="diskIds"/>, named once, and durable. Writers never wait for it.
    /// </summary>
    public IReadOnlyList<long> Cut(
        IReadOnlyList<string> diskIds, Action<CatalogTransaction, IReadOnlyList<long>>? commitWith = null) =>
        throw new InvalidOperationException();

    /// <summary>Puts a disk back on a sealed layer of its family. Requests in flight are answered first; what the head held is dropped.</summary>
    public void Rollback(string diskId, long layerId, Action<CatalogTransaction>? commitWith = null) =>
        throw new InvalidOperationException();

    /// <summary>Grows a disk.</summary>
    public void Resize(string diskId, long newSizeBytes, Action<CatalogTransaction>? commitWith = null) =>
        throw new InvalidOperationException();

    /// <summary>Drops a disk's name; snapshots and clones stay. Space comes back through <see cref="Step"/>.</summary>
    public void DropDisk(string diskId, Action<CatalogTransaction>? commitWith = null) =>
        throw new InvalidOperationException();

    /// <summary>Gives a sealed layer one more name (an independent snapshot of the same content).</summary>
    public void AddName(long layerId, Action<CatalogTransaction>? commitWith = null) =>
        throw new InvalidOperationException();

    /// <summary>Takes one name from each sealed layer. Space comes back through <see cref="Step"/>.</summary>
    public void DropNames(IReadOnlyList<long> layerIds, Action<CatalogTransaction>? commitWith = null) =>
        throw new InvalidOperationException();

    /// <summary>A read-only view of a sealed layer, pinned until disposed.</summary>
    public LayerView OpenView(long layerId) => throw new InvalidOperationException();

    /// <summary>The size of the disk when the layer was sealed.</summary>
    public long LayerSizeBytes(long layerId) => throw new InvalidOperationException();

    /// <summary>
    /// The blocks written or trimmed on the path between two sealed layers of one family, sorted, neighbours merged,
    /// starting at <paramref name="startBlock"/>; <see cref="BlockRange.IsData"/> tells what the second layer holds there.
    /// Lazy: stop enumerating to stop the work. Pins both layers meanwhile.
    /// </summary>
    public IEnumerable<BlockRange> Changed(long fromLayerId, long toLayerId, long startBlock = 0) =>
        throw new InvalidOperationException();

    /// <summary>Sizes of a sealed layer.</summary>
    public LayerSizes Sizes(long layerId) => throw new InvalidOperationException();

    /// <summary>Bytes that would come back if all these names were dropped together.</summary>
    public long FreedIfDropped(IReadOnlyList<long> layerIds, IReadOnlyList<string> diskIds) =>
        throw new InvalidOperationException();

    /// <summary>
    /// Does a bounded amount of background work (finish and publish segments, merge indexes, fold, reclaim);
    /// <paramref name="isIdle"/> allows work that only pays when nobody writes. Returns false when nothing is left to do.
    /// </summary>
    public bool Step(long budgetBytes, bool isIdle) => throw new InvalidOperationException();

    /// <summary>Verifies everything reachable: indexes, every data block's checksum, the accounting.</summary>
    public CheckReport Check(IProgress<long>? progress = null, CancellationToken cancellation = default) =>
        throw new InvalidOperationException();

    /// <summary>Figures for status pages.</summary>
    public EngineStatistics Statistics => throw new InvalidOperationException();

    /// <summary>Flushes and closes all disks; finishes what is cheap to finish so that the next start has nothing to replay.</summary>
    public void Dispose() => throw new InvalidOperationException();
}
