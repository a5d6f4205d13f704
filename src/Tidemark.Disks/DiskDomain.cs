using Tidemark.Catalog;
using Tidemark.Disks.Accounts;
using Tidemark.Disks.Attributes;
using Tidemark.Disks.Background;
using Tidemark.Disks.Backups;
using Tidemark.Disks.Copies;
using Tidemark.Disks.Deleted;
using Tidemark.Disks.Events;
using Tidemark.Disks.Exports;
using Tidemark.Disks.Groups;
using Tidemark.Disks.Instances;
using Tidemark.Disks.Keys;
using Tidemark.Disks.Labels;
using Tidemark.Disks.Measures;
using Tidemark.Disks.Policies;
using Tidemark.Disks.Quotas;
using Tidemark.Disks.Sharing;
using Tidemark.Disks.Snapshots;
using Tidemark.Disks.Types;
using Tidemark.Engine;

namespace Tidemark.Disks;

/// <summary>
/// Everything a user's request can be about, over one engine and one catalog, which it does not own. Composes the parts
/// and holds no rule of its own. Safe for concurrent use.
/// </summary>
public sealed class DiskDomain
{
    private readonly DomainParts _parts;

    /// <summary>
    /// Puts the parts together and finishes what a crash interrupted (disks whose removal was decided).
    /// </summary>
    public DiskDomain(StorageEngine engine, SqlCatalog catalog, DomainOptions options)
    {
        var identifiers = new Identifiers(options.Random);
        var events = new EventLog(catalog, options);
        var sizes = new SnapshotSizeCache(engine, catalog, options.Time);
        _parts = new DomainParts
        {
            Engine = engine,
            Catalog = catalog,
            Options = options,
            Identifiers = identifiers,
            Locks = new DiskLocks(),
            Clients = new DiskClients(),
            Events = events,
            Audited = new AuditedWork(events),
            Quotas = new AccountQuotas(catalog, options, events, sizes),
            Paces = options.EnforcePerformance ? new DiskPaces(catalog, options.Time) : null,
            Sizes = sizes,
        };
        var removal = new DiskRemoval(_parts);
        var termination = new DiskTermination(_parts, removal);
        Disks = new DiskOperations(_parts, removal, termination);
        Attributes = new DiskAttributes(_parts);
        Deleted = new DeletedDisks(_parts, termination);
        Attachment = new DiskAttachment(_parts);
        Instances = new InstanceOperations(_parts, termination);
        Configs = new DiskConfigs(options);
        Prices = new PriceQuestions(catalog, options);
        Sharing = new SnapshotSharing(_parts);
        Copies = new SnapshotCopies(_parts);
        var cutting = new SnapshotCutting(_parts);
        var rollback = new Rollback(_parts, cutting);
        Snapshots = new SnapshotOperations(_parts, cutting, rollback);
        Initialization = new DiskInitialization(_parts, rollback);
        Groups = new GroupOperations(_parts, rollback);
        Backups = new BackupOperations(_parts, rollback);
        Reports = new SnapshotReports(engine, catalog, sizes);
        Content = new SnapshotContent(engine, catalog);
        Policies = new PolicyOperations(_parts, Snapshots);
        Keys = new AccessKeys(_parts);
        Accounts = new AccountOperations(_parts, Keys.Administrators);
        Labels = new LabelOperations(_parts);
        Exports = new DiskExports(_parts);
        Suspension = new IoSuspension(_parts, Exports.Gates);
        Watch = new ServerWatch(_parts, () => Exports);
        Background = new BackgroundWork(_parts, this, removal);
        FirstRows.Adopt(_parts);
        removal.CarryOutPending();
        Groups.CarryOutPending();
    }

    /// <summary>The options it was made with.</summary>
    public DomainOptions Options => _parts.Options;

    /// <summary>Disks: create, list, terminate, resize.</summary>
    public DiskOperations Disks { get; }

    /// <summary>What disks are called, are, and cost: everything that can be changed without touching blocks.</summary>
    public DiskAttributes Attributes { get; }

    /// <summary>Terminated disks that can still be brought back.</summary>
    public DeletedDisks Deleted { get; }

    /// <summary>Disks in the hands of instances: attach, detach.</summary>
    public DiskAttachment Attachment { get; }

    /// <summary>Hosts that disks are attached to.</summary>
    public InstanceOperations Instances { get; }

    /// <summary>Snapshots: create, list, change, lock, delete, bring back, apply.</summary>
    public SnapshotOperations Snapshots { get; }

    /// <summary>Groups of snapshots cut at one instant: create, list, delete, apply.</summary>
    public GroupOperations Groups { get; }

    /// <summary>Backup points of disks: create, list, delete, apply, turn into snapshots.</summary>
    public BackupOperations Backups { get; }

    /// <summary>Which accounts may use whose snapshots.</summary>
    public SnapshotSharing Sharing { get; }

    /// <summary>Copies of snapshots in other regions.</summary>
    public SnapshotCopies Copies { get; }
    /// <summary>Returns disks to what they were when they were made.</summary>
    public DiskInitialization Initialization { get; }

    /// <summary>Holds the writes of a disk for a moment.</summary>
    public IoSuspension Suspension { get; }
    /// <summary>Snapshot policies: create, list, bind, run.</summary>
    public PolicyOperations Policies { get; }

    /// <summary>Sizes, differences and the check.</summary>
    public SnapshotReports Reports { get; }

    /// <summary>What an account may have, and what it has.</summary>
    public AccountQuotas Quotas => _parts.Quotas;

    /// <summary>Which disks may be created.</summary>
    public DiskConfigs Configs { get; }

    /// <summary>What somebody may ask the price of.</summary>
    public PriceQuestions Prices { get; }

    /// <summary>What snapshots hold, byte by byte.</summary>
    public SnapshotContent Content { get; }

    /// <summary>Keys that sign requests.</summary>
    public AccessKeys Keys { get; }

    /// <summary>Owners of resources and keys.</summary>
    public AccountOperations Accounts { get; }

    /// <summary>Labels of all kinds of resources.</summary>
    public LabelOperations Labels { get; }

    /// <summary>The audit log.</summary>
    public EventLog Events => _parts.Events;

    /// <summary>Who is connected to which disk.</summary>
    public DiskClients Clients => _parts.Clients;

    /// <summary>What an NBD server serves.</summary>
    public DiskExports Exports { get; }

    /// <summary>What the outside may know: figures, and whether the server can work.</summary>
    public ServerWatch Watch { get; }

    /// <summary>Work that nobody waits for; the program starts it and stops it before the engine goes.</summary>
    public BackgroundWork Background { get; }
}
