namespace Tidemark.Catalog.Schema;

/// <summary>All tables of the newest schema; a test compares them with what the migrations make.</summary>
public static class CatalogTables
{
    /// <summary>The engine's disks.</summary>
    public static readonly CatalogTable EngineDisks = new("engine_disks", 1,
        "disk_id", "size_bytes", "head_layer_id", "published_sequence", "last_segment_id", "boot_generation");

    /// <summary>The engine's layers.</summary>
    public static readonly CatalogTable Layers = new("layers", 1,
        "layer_id", "disk_id", "parent_layer_id", "is_sealed", "name_count", "first_sequence", "last_sequence",
        "size_bytes");

    /// <summary>The chunks of layers' indexes.</summary>
    public static readonly CatalogTable Chunks = new("chunks", 3,
        "layer_id", "run_number", "first_block", "last_block", "is_footer", "object_id", "offset_bytes",
        "length_bytes", "extent_count", "data_block_count", "zero_block_count");

    /// <summary>The engine's segments.</summary>
    public static readonly CatalogTable Segments = new("segments", 1,
        "segment_id", "disk_id", "length_bytes", "is_retired");

    /// <summary>The engine's counters: one row with the key 1.</summary>
    public static readonly CatalogTable Counters = new("counters", 1,
        "counter_id", "next_layer_id", "next_segment_id", "next_chunk_id", "epoch");

    /// <summary>Disks as users know them. Times are milliseconds since 1970, UTC.</summary>
    public static readonly CatalogTable Disks = new("disks", 1,
        "disk_id", "name", "disk_type", "size_gib", "disk_usage", "state", "charge_type", "zone", "project_id",
        "instance_id", "delete_snapshot", "throughput_performance", "burst_performance", "renew_flag",
        "error_prompt", "source_snapshot_id", "created_ms", "deadline_ms", "account_id", "region", "last_instance_id",
        "delete_with_instance", "attach_mode", "is_portable", "backup_quota", "auto_renew_period", "deleted_ms");

    /// <summary>Snapshots as users know them.</summary>
    public static readonly CatalogTable Snapshots = new("snapshots", 1,
        "snapshot_id", "name", "disk_id", "layer_id", "size_gib", "disk_usage", "state", "percent", "zone",
        "project_id", "created_ms", "modified_ms", "deadline_ms", "account_id", "region", "origin", "group_id",
        "policy_id", "copy_source_id", "is_locked", "consistency", "deleted_ms");

    /// <summary>Labels of disks and snapshots.</summary>
    public static readonly CatalogTable Tags = new("tags", 2, "resource_id", "tag_key", "tag_value");

    /// <summary>Client tokens of creations, so that a repeated request gets the same disks.</summary>
    public static readonly CatalogTable ClientTokens = new("client_tokens", 1,
        "token", "content_hash", "disk_ids", "is_complete", "created_ms");

    /// <summary>Disks whose removal is decided and perhaps not yet carried out by the engine.</summary>
    public static readonly CatalogTable PendingDrops = new("pending_drops", 1, "disk_id", "requested_ms");

    /// <summary>Key pairs; the secret is sealed.</summary>
    public static readonly CatalogTable AccessKeys = new("access_keys", 1,
        "secret_id", "sealed_secret", "name", "is_enabled", "created_ms", "account_id", "is_read_only");

    /// <summary>The audit log.</summary>
    public static readonly CatalogTable Events = new("events", 1,
        "event_id", "time_ms", "actor", "action", "resource_id", "result", "message", "request_id",
        "source_address", "account_id", "region");

    /// <summary>Work that goes on after its request was answered.</summary>
    public static readonly CatalogTable Jobs = new("jobs", 1,
        "job_id", "kind", "resource_id", "state", "percent", "message", "created_ms", "finished_ms");

    /// <summary>Accounts, each with its own resources and keys.</summary>
    public static readonly CatalogTable Accounts = new("accounts", 1, "account_id", "name", "created_ms");

    /// <summary>Limits that differ from the server's, by account, region and name.</summary>
    public static readonly CatalogTable Quotas = new("quotas", 3,
        "account_id", "region", "quota_name", "quota_limit");

    /// <summary>Hosts that disks are attached to.</summary>
    public static readonly CatalogTable Instances = new("instances", 1,
        "instance_id", "account_id", "region", "zone", "name", "state", "address", "created_ms");

    /// <summary>Snapshots that were cut at one instant; members name their group.</summary>
    public static readonly CatalogTable SnapshotGroups = new("snapshot_groups", 1,
        "group_id", "account_id", "region", "name", "state", "percent", "policy_id", "created_ms", "modified_ms",
        "deadline_ms");

    /// <summary>Backup points: they live and die with their disk.</summary>
    public static readonly CatalogTable DiskBackups = new("disk_backups", 1,
        "backup_id", "account_id", "region", "name", "disk_id", "layer_id", "size_gib", "disk_usage", "state",
        "percent", "created_ms");

    /// <summary>Snapshot policies; schedule and retention are JSON texts.</summary>
    public static readonly CatalogTable Policies = new("policies", 1,
        "policy_id", "account_id", "region", "name", "is_activated", "schedule", "retention", "next_trigger_ms",
        "last_trigger_ms", "failure_count", "suspend_reason", "created_ms");

    /// <summary>Which disks a policy takes snapshots of.</summary>
    public static readonly CatalogTable PolicyBindings = new("policy_bindings", 2, "policy_id", "disk_id", "bound_ms");

    /// <summary>Accounts that a snapshot is shared with.</summary>
    public static readonly CatalogTable SnapshotShares = new("snapshot_shares", 2,
        "snapshot_id", "account_id", "created_ms");

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<CatalogTable> All =
    [
        EngineDisks, Layers, Chunks, Segments, Counters, Disks, Snapshots, Tags, ClientTokens, PendingDrops, AccessKeys,
        Events, Jobs, Accounts, Quotas, Instances, SnapshotGroups, DiskBackups, Policies, PolicyBindings,
        SnapshotShares,
    ];
}
