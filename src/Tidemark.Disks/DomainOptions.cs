using Tidemark.Disks.Accounts;
using Tidemark.Disks.Keys;
using Tidemark.Disks.Measures;
using Tidemark.Engine;

namespace Tidemark.Disks;

/// <summary>What the domain is told when it starts.</summary>
public sealed record DomainOptions
{
    /// <summary>What secrets in the catalog are sealed with.</summary>
    public required MasterKey MasterKey { get; init; }

    /// <summary>The region that resources are made in when nothing else is said.</summary>
    public string Region { get; init; } = "local";

    /// <summary>The zones of the region, at least one; the first is the default.</summary>
    public IReadOnlyList<string> Zones { get; init; } = ["local-1"];

    /// <summary>Regions besides the first.</summary>
    public IReadOnlyList<Region> OtherRegions { get; init; } = [];

    /// <summary>Whether disks have the sizes and steps of their type; otherwise any GiB is accepted.</summary>
    public bool StrictSizes { get; init; }

    /// <summary>Whether only registered instances may be attached to; otherwise the first use registers one.</summary>
    public bool StrictInstances { get; init; }

    /// <summary>Whether exports keep to the IOPS and throughput of their disk's type.</summary>
    public bool EnforcePerformance { get; init; }

    /// <summary>Whether a rollback first keeps what it replaces, as a snapshot.</summary>
    public bool KeepsSafetySnapshots { get; init; } = true;

    /// <summary>How long terminated disks and deleted snapshots can be brought back.</summary>
    public TimeSpan KeepDeleted { get; init; }

    /// <summary>Snapshots that the region may hold without any disk.</summary>
    public int SnapshotQuotaBase { get; init; } = 64;

    /// <summary>Snapshots that each disk of the region adds to the quota.</summary>
    public int SnapshotQuotaPerDisk { get; init; } = 64;

    /// <summary>Bytes that all snapshots together may keep from being freed.</summary>
    public long SnapshotBytesMax { get; init; } = long.MaxValue;

    /// <summary>Snapshot policies that an account may have in a region.</summary>
    public int PolicyQuota { get; init; } = 32;

    /// <summary>How long a terminated prepaid disk stays in the recycle bin.</summary>
    public TimeSpan RecycleTime { get; init; } = TimeSpan.FromDays(7);

    /// <summary>How long a client token is remembered.</summary>
    public TimeSpan ClientTokenTime { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Audit events kept; the oldest go first.</summary>
    public int EventsMax { get; init; } = 100_000;

    /// <summary>Where a person's attention is asked for.</summary>
    public Action<EngineMessage>? Log { get; init; }

    /// <summary>What store, engine and catalog report their times to, when the program has connected them.</summary>
    public ServerMeasures Measures { get; init; } = new();

    /// <summary>All regions, the first one first.</summary>
    public IReadOnlyList<Region> Regions => [new(Region, Zones), .. OtherRegions];

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where ids and keys come from; a seeded source in tests.</summary>
    public FillRandom Random { get; init; } = System.Security.Cryptography.RandomNumberGenerator.Fill;

    /// <summary>Where a caller makes things: its scope, or the first account in the first region.</summary>
    public Scope HomeOf(Caller caller) => caller.Scope ?? new Scope(Scope.FirstAccountId, Region);

    /// <summary>The zones of a region; none for one that is not known.</summary>
    public IReadOnlyList<string> ZonesOf(string region) =>
        Regions.FirstOrDefault(known => known.Name == region)?.Zones ?? [];
}
