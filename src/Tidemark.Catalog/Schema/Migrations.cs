namespace Tidemark.Catalog.Schema;

/// <summary>The steps that lead to the newest schema. A step that was ever released is never changed.</summary>
public static class Migrations
{
    /// <summary>All steps, in order.</summary>
    public static readonly IReadOnlyList<Migration> All = [new(1, FirstSql), new(2, SecondSql)];

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

    // Accounts, regions, instances, groups, policies, backup points, sharing, copies. Rows from before belong to the
    // first account; their empty region is filled in when the domain starts.
    private const string SecondSql =
        """
        ALTER TABLE disks ADD COLUMN account_id TEXT NOT NULL DEFAULT '100000000001';
        ALTER TABLE disks ADD COLUMN region TEXT NOT NULL DEFAULT '';
        ALTER TABLE disks ADD COLUMN last_instance_id TEXT NOT NULL DEFAULT '';
        ALTER TABLE disks ADD COLUMN delete_with_instance INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE disks ADD COLUMN attach_mode TEXT NOT NULL DEFAULT '';
        ALTER TABLE disks ADD COLUMN is_portable INTEGER NOT NULL DEFAULT 1;
        ALTER TABLE disks ADD COLUMN backup_quota INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE disks ADD COLUMN auto_renew_period INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE disks ADD COLUMN deleted_ms INTEGER;
        ALTER TABLE snapshots ADD COLUMN account_id TEXT NOT NULL DEFAULT '100000000001';
        ALTER TABLE snapshots ADD COLUMN region TEXT NOT NULL DEFAULT '';
        ALTER TABLE snapshots ADD COLUMN origin TEXT NOT NULL DEFAULT 'manual';
        ALTER TABLE snapshots ADD COLUMN group_id TEXT NOT NULL DEFAULT '';
        ALTER TABLE snapshots ADD COLUMN policy_id TEXT NOT NULL DEFAULT '';
        ALTER TABLE snapshots ADD COLUMN copy_source_id TEXT NOT NULL DEFAULT '';
        ALTER TABLE snapshots ADD COLUMN is_locked INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE snapshots ADD COLUMN consistency TEXT NOT NULL DEFAULT 'crash';
        ALTER TABLE snapshots ADD COLUMN deleted_ms INTEGER;
        CREATE INDEX snapshots_by_scope ON snapshots (
            account_id, region, deleted_ms, created_ms, snapshot_id, layer_id);
        CREATE INDEX snapshots_by_group ON snapshots (group_id) WHERE group_id <> '';
        CREATE INDEX snapshots_by_copy ON snapshots (copy_source_id) WHERE copy_source_id <> '';
        CREATE INDEX disks_by_scope ON disks (account_id, region, deleted_ms, created_ms);
        CREATE INDEX disks_by_instance ON disks (instance_id) WHERE instance_id <> '';
        ALTER TABLE access_keys ADD COLUMN account_id TEXT NOT NULL DEFAULT '100000000001';
        ALTER TABLE access_keys ADD COLUMN is_read_only INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE events ADD COLUMN account_id TEXT NOT NULL DEFAULT '100000000001';
        ALTER TABLE events ADD COLUMN region TEXT NOT NULL DEFAULT '';
        CREATE TABLE accounts (
            account_id TEXT NOT NULL PRIMARY KEY,
            name TEXT NOT NULL,
            created_ms INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE quotas (
            account_id TEXT NOT NULL,
            region TEXT NOT NULL,
            quota_name TEXT NOT NULL,
            quota_limit INTEGER NOT NULL,
            PRIMARY KEY (account_id, region, quota_name)) STRICT, WITHOUT ROWID;
        CREATE TABLE instances (
            instance_id TEXT NOT NULL PRIMARY KEY,
            account_id TEXT NOT NULL,
            region TEXT NOT NULL,
            zone TEXT NOT NULL,
            name TEXT NOT NULL,
            state TEXT NOT NULL,
            address TEXT NOT NULL,
            created_ms INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE snapshot_groups (
            group_id TEXT NOT NULL PRIMARY KEY,
            account_id TEXT NOT NULL,
            region TEXT NOT NULL,
            name TEXT NOT NULL,
            state TEXT NOT NULL,
            percent INTEGER NOT NULL,
            policy_id TEXT NOT NULL,
            created_ms INTEGER NOT NULL,
            modified_ms INTEGER NOT NULL,
            deadline_ms INTEGER) STRICT, WITHOUT ROWID;
        CREATE TABLE disk_backups (
            backup_id TEXT NOT NULL PRIMARY KEY,
            account_id TEXT NOT NULL,
            region TEXT NOT NULL,
            name TEXT NOT NULL,
            disk_id TEXT NOT NULL,
            layer_id INTEGER NOT NULL,
            size_gib INTEGER NOT NULL,
            disk_usage TEXT NOT NULL,
            state TEXT NOT NULL,
            percent INTEGER NOT NULL,
            created_ms INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE INDEX disk_backups_by_disk ON disk_backups (disk_id, created_ms);
        CREATE TABLE policies (
            policy_id TEXT NOT NULL PRIMARY KEY,
            account_id TEXT NOT NULL,
            region TEXT NOT NULL,
            name TEXT NOT NULL,
            is_activated INTEGER NOT NULL,
            schedule TEXT NOT NULL,
            retention TEXT NOT NULL,
            next_trigger_ms INTEGER,
            last_trigger_ms INTEGER,
            failure_count INTEGER NOT NULL,
            suspend_reason TEXT NOT NULL,
            created_ms INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE policy_bindings (
            policy_id TEXT NOT NULL,
            disk_id TEXT NOT NULL,
            bound_ms INTEGER NOT NULL,
            PRIMARY KEY (policy_id, disk_id)) STRICT, WITHOUT ROWID;
        CREATE INDEX policy_bindings_by_disk ON policy_bindings (disk_id);
        CREATE TABLE snapshot_shares (
            snapshot_id TEXT NOT NULL,
            account_id TEXT NOT NULL,
            created_ms INTEGER NOT NULL,
            PRIMARY KEY (snapshot_id, account_id)) STRICT, WITHOUT ROWID;
        CREATE INDEX snapshot_shares_by_account ON snapshot_shares (account_id);
        """;
}
