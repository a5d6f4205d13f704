namespace Tidemark.Api.Metrics;

/// <summary>
/// Every metric there is. A new one is a line here, its samples in <see cref="MetricsPage"/> or beside it, and a row of
/// docs/metrics.md, which a test compares with this table.
/// </summary>
internal static class MetricTable
{
    // Before the metrics: each enters itself as it is made.
    private static readonly List<Metric> Metrics = [];

    /// <summary>Which program this is, as labels; the value is always 1.</summary>
    public static readonly Metric Build = Gauge("tidemark_build_info", "Version and runtime, as labels; always 1.");

    public static readonly Metric Ready = Gauge(
        "tidemark_ready", "1 while the server can do all its work, else 0; /readyz says why.");

    public static readonly Metric DisksOmitted = Gauge(
        "tidemark_disks_omitted", "Disks without figures of their own, because there are too many.");

    public static readonly Metric DiskCount = Gauge("tidemark_disks", "Disks that exist.");

    public static readonly Metric SnapshotCount = Gauge("tidemark_snapshots", "Snapshots that exist.");

    public static readonly Metric DiskReads = Counter("tidemark_disk_reads_total", "Reads.");

    public static readonly Metric DiskReadBytes = Counter(
        "tidemark_disk_read_bytes_total", "Bytes that reads asked for.");

    public static readonly Metric DiskWrites = Counter("tidemark_disk_writes_total", "Writes.");

    public static readonly Metric DiskWrittenBytes = Counter(
        "tidemark_disk_written_bytes_total", "Bytes that came with writes.");

    public static readonly Metric DiskFlushes = Counter("tidemark_disk_flushes_total", "FLUSH requests.");

    public static readonly Metric DiskTrims = Counter("tidemark_disk_trims_total", "Trim requests.");

    public static readonly Metric DiskZeroes = Counter("tidemark_disk_write_zeroes_total", "Write-zeroes requests.");

    public static readonly Metric DiskClearedBytes = Counter(
        "tidemark_disk_cleared_bytes_total", "Bytes that trims and write-zeroes covered.");

    public static readonly Metric DiskForced = Counter(
        "tidemark_disk_fua_total", "Writes, trims and write-zeroes that carried FUA.");

    public static readonly Metric DiskErrors = Counter(
        "tidemark_disk_errors_total",
        "Requests answered with an error: io (the storage failed), no_space, or refused (not to be asked).");

    public static readonly Metric DiskLatency = Histogram(
        "tidemark_disk_request_seconds",
        "From a request's arrival to its reply. Kinds: read, write, trim; flush is FLUSH and every change with FUA.");

    public static readonly Metric DiskClients = Gauge("tidemark_disk_clients", "NBD connections.");

    public static readonly Metric DiskSize = Gauge("tidemark_disk_size_bytes", "Size of the disk.");

    public static readonly Metric DiskSegmentBytes = Gauge(
        "tidemark_disk_segment_bytes", "Lengths of the segments that the disk's log wrote, holes included.");

    public static readonly Metric DiskDeadBytes = Gauge(
        "tidemark_disk_dead_bytes", "Bytes in those segments known to be dead and not yet given back.");

    public static readonly Metric DiskUnsyncedBytes = Gauge(
        "tidemark_disk_unsynced_bytes", "Bytes written that no flush has made durable yet.");

    public static readonly Metric DiskLayers = Gauge(
        "tidemark_disk_layers", "Layers that a read of the disk may have to look at.");

    public static readonly Metric DiskSnapshots = Gauge("tidemark_disk_snapshots", "Snapshots of the disk.");

    public static readonly Metric DiskFaulted = Gauge(
        "tidemark_disk_faulted", "1 after a device error, until the disk is opened anew; else 0.");

    public static readonly Metric SnapshotReads = Counter(
        "tidemark_snapshot_reads_total", "Reads of snapshots over NBD, all snapshots together.");

    public static readonly Metric SnapshotReadBytes = Counter(
        "tidemark_snapshot_read_bytes_total", "Bytes that those reads asked for.");

    public static readonly Metric SnapshotClients = Gauge(
        "tidemark_snapshot_clients", "NBD connections to snapshots.");

    public static readonly Metric Cuts = Histogram(
        "tidemark_snapshot_create_seconds", "Snapshots taken: the cut, until everything of it is durable.");

    public static readonly Metric FoldBacklog = Gauge(
        "tidemark_background_fold_layers", "Layers without a name that wait to be dropped or folded.");

    public static readonly Metric MergeBacklog = Gauge(
        "tidemark_background_merge_layers", "Sealed layers whose index has more than one run.");

    public static readonly Metric PublishBacklog = Gauge(
        "tidemark_background_publish_segments", "Segments written and not yet listed in the catalog.");

    public static readonly Metric RemovalBacklog = Gauge(
        "tidemark_background_removals", "Hidden changes and files that wait until no read needs them.");

    public static readonly Metric ReclaimBacklog = Gauge(
        "tidemark_background_reclaim_bytes", "Dead bytes that wait to be given back.");

    public static readonly Metric Work = Histogram(
        "tidemark_background_work_seconds", "Pieces of background work, by kind.");

    public static readonly Metric WorkBytes = Counter(
        "tidemark_background_work_bytes_total", "Index bytes merged or thinned, and space given back, by kind.");

    public static readonly Metric StoreCapacity = Gauge(
        "tidemark_store_capacity_bytes", "Size of the file system that holds the store; 0 when not known.");

    public static readonly Metric StoreFree = Gauge(
        "tidemark_store_free_bytes", "Bytes that a writer can still take of it.");

    public static readonly Metric StoreSegments = Gauge("tidemark_store_segments", "Segment files.");

    public static readonly Metric StoreSegmentBytes = Gauge(
        "tidemark_store_segment_bytes", "Lengths of the segment files, holes included.");

    public static readonly Metric StoreLayers = Gauge("tidemark_store_layers", "Layers, unnamed ones included.");

    public static readonly Metric StoreSyncs = Histogram(
        "tidemark_store_sync_seconds", "fdatasync of segments and index files, failed ones included.");

    public static readonly Metric StoreSyncErrors = Counter("tidemark_store_sync_errors_total", "Those that failed.");

    public static readonly Metric MapBytes = Gauge("tidemark_map_bytes", "Memory of the block map in use.");

    public static readonly Metric MapBudget = Gauge("tidemark_map_budget_bytes", "What it may take.");

    public static readonly Metric NbdConnections = Gauge("tidemark_nbd_connections", "NBD connections, of any kind.");

    public static readonly Metric NbdAccepted = Counter("tidemark_nbd_accepted_total", "NBD clients let in.");

    public static readonly Metric NbdRefused = Counter(
        "tidemark_nbd_refused_total", "NBD clients turned away because a limit was reached.");

    public static readonly Metric NbdBuffers = Gauge(
        "tidemark_nbd_buffer_bytes", "Shared buffers of the NBD server in use.");

    public static readonly Metric NbdBufferBudget = Gauge("tidemark_nbd_buffer_budget_bytes", "What they may take.");

    public static readonly Metric Commits = Histogram(
        "tidemark_catalog_commit_seconds", "Commits of the catalog, each of one or more transactions.");

    public static readonly Metric Transactions = Counter(
        "tidemark_catalog_transactions_total", "Transactions that those commits carried.");

    public static readonly Metric CommitErrors = Counter(
        "tidemark_catalog_commit_errors_total", "Commits that failed.");

    public static readonly Metric ApiRequests = Counter(
        "tidemark_api_requests_total", "Answers of the API by action and code; code Success when not refused.");

    public static readonly Metric ApiLatency = Histogram(
        "tidemark_api_request_seconds", "From a request's arrival to its answer, by action.");

    public static readonly Metric ProcessCpu = Counter(
        "process_cpu_seconds_total", "CPU time of the process, user and system.");

    public static readonly Metric ProcessResident = Gauge("process_resident_memory_bytes", "Resident memory.");

    public static readonly Metric ProcessStart = Gauge(
        "process_start_time_seconds", "Start of the process since the Unix epoch.");

    public static readonly Metric ProcessThreads = Gauge("process_threads", "Threads.");

    public static readonly Metric ProcessOpenFiles = Gauge("process_open_fds", "Open file descriptors.");

    public static readonly Metric GcCollections = Counter(
        "dotnet_gc_collections_total", "Garbage collections by generation, the older included in the younger.");

    public static readonly Metric GcPauses = Counter(
        "dotnet_gc_pause_seconds_total", "Time for which collections stopped the process.");

    public static readonly Metric GcHeap = Gauge("dotnet_gc_heap_bytes", "Managed memory in use.");

    public static readonly Metric GcAllocated = Counter(
        "dotnet_gc_allocated_bytes_total", "Managed memory allocated so far.");

    /// <summary>All of them, in the order of this file.</summary>
    public static IReadOnlyList<Metric> All => Metrics;

    private static Metric Counter(string name, string help) => New(name, MetricType.Counter, help);

    private static Metric Gauge(string name, string help) => New(name, MetricType.Gauge, help);

    private static Metric Histogram(string name, string help) => New(name, MetricType.Histogram, help);

    private static Metric New(string name, MetricType type, string help)
    {
        var metric = new Metric(name, type, help);
        Metrics.Add(metric);
        return metric;
    }
}
