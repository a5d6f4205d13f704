namespace Tidemark.Catalog.Schema;

/// <summary>The steps that lead to the newest schema. A step that was ever released is never changed.</summary>
public static class Migrations
{
    /// <summary>All steps, in order.</summary>
    public static readonly IReadOnlyList<Migration> All = [new(1, FirstSql)];

    private const string FirstSql =
        """
        CREATE TABLE engine_disks (
            disk_id TEXT NOT NULL PRIMARY KEY,
            size_bytes INTEGER NOT NULL,
            head_layer_id INTEGER NOT NULL,
            published_sequence INTEGER NOT NULL,
            last_segment_id INTEGER NOT NULL,
            boot_generation INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE layers (
            layer_id INTEGER NOT NULL PRIMARY KEY,
            disk_id TEXT NOT NULL,
            parent_layer_id INTEGER NOT NULL,
            is_sealed INTEGER NOT NULL,
            name_count INTEGER NOT NULL,
            first_sequence INTEGER NOT NULL,
            last_sequence INTEGER NOT NULL,
            size_bytes INTEGER NOT NULL) STRICT;
        CREATE TABLE chunks (
            layer_id INTEGER NOT NULL,
            run_number INTEGER NOT NULL,
            first_block INTEGER NOT NULL,
            last_block INTEGER NOT NULL,
            is_footer INTEGER NOT NULL,
            object_id INTEGER NOT NULL,
            offset_bytes INTEGER NOT NULL,
            length_bytes INTEGER NOT NULL,
            extent_count INTEGER NOT NULL,
            data_block_count INTEGER NOT NULL,
            zero_block_count INTEGER NOT NULL,
            PRIMARY KEY (layer_id, run_number, first_block)) STRICT, WITHOUT ROWID;
        CREATE TABLE segments (
            segment_id INTEGER NOT NULL PRIMARY KEY,
            disk_id TEXT NOT NULL,
            length_bytes INTEGER NOT NULL,
            is_retired INTEGER NOT NULL) STRICT;
        CREATE TABLE counters (
            counter_id INTEGER NOT NULL PRIMARY KEY CHECK (counter_id = 1),
            next_layer_id INTEGER NOT NULL,
            next_segment_id INTEGER NOT NULL,
            next_chunk_id INTEGER NOT NULL,
            epoch INTEGER NOT NULL) STRICT;
        CREATE TABLE disks (
            disk_id TEXT NOT NULL PRIMARY KEY,
            name TEXT NOT NULL,
            disk_type TEXT NOT NULL,
            size_gib INTEGER NOT NULL,
            disk_usage TEXT NOT NULL,
            state TEXT NOT NULL,
            charge_type TEXT NOT NULL,
            zone TEXT NOT NULL,
            project_id INTEGER NOT NULL,
            instance_id TEXT NOT NULL,
            delete_snapshot INTEGER NOT NULL,
            throughput_performance INTEGER NOT NULL,
            burst_performance INTEGER NOT NULL,
            renew_flag TEXT NOT NULL,
            error_prompt TEXT NOT NULL,
            source_snapshot_id TEXT,
            created_ms INTEGER NOT NULL,
            deadline_ms INTEGER) STRICT, WITHOUT ROWID;
        CREATE INDEX disks_by_name ON disks (name);
        CREATE TABLE snapshots (
            snapshot_id TEXT NOT NULL PRIMARY KEY,
            name TEXT NOT NULL,
            disk_id TEXT NOT NULL,
            layer_id INTEGER NOT NULL,
            size_gib INTEGER NOT NULL,
            disk_usage TEXT NOT NULL,
            state TEXT NOT NULL,
            percent INTEGER NOT NULL,
            zone TEXT NOT NULL,
            project_id INTEGER NOT NULL,
            created_ms INTEGER NOT NULL,
            modified_ms INTEGER NOT NULL,
            deadline_ms INTEGER) STRICT, WITHOUT ROWID;
        CREATE INDEX snapshots_by_disk ON snapshots (disk_id, created_ms);
        CREATE INDEX snapshots_by_deadline ON snapshots (deadline_ms) WHERE deadline_ms IS NOT NULL;
        CREATE TABLE tags (
            resource_id TEXT NOT NULL,
            tag_key TEXT NOT NULL,
            tag_value TEXT NOT NULL,
            PRIMARY KEY (resource_id, tag_key)) STRICT, WITHOUT ROWID;
        CREATE TABLE client_tokens (
            token TEXT NOT NULL PRIMARY KEY,
            content_hash TEXT NOT NULL,
            disk_ids TEXT NOT NULL,
            is_complete INTEGER NOT NULL,
            created_ms INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE pending_drops (
            disk_id TEXT NOT NULL PRIMARY KEY,
            requested_ms INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE access_keys (
            secret_id TEXT NOT NULL PRIMARY KEY,
            sealed_secret BLOB NOT NULL,
            name TEXT NOT NULL,
            is_enabled INTEGER NOT NULL,
            created_ms INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE events (
            event_id INTEGER NOT NULL PRIMARY KEY,
            time_ms INTEGER NOT NULL,
            actor TEXT NOT NULL,
            action TEXT NOT NULL,
            resource_id TEXT NOT NULL,
            result TEXT NOT NULL,
            message TEXT NOT NULL,
            request_id TEXT NOT NULL,
            source_address TEXT NOT NULL) STRICT;
        CREATE INDEX events_by_resource ON events (resource_id, event_id);
        CREATE TABLE jobs (
            job_id TEXT NOT NULL PRIMARY KEY,
            kind TEXT NOT NULL,
            resource_id TEXT NOT NULL,
            state TEXT NOT NULL,
            percent INTEGER NOT NULL,
            message TEXT NOT NULL,
            created_ms INTEGER NOT NULL,
            finished_ms INTEGER) STRICT, WITHOUT ROWID;
        """;
}
