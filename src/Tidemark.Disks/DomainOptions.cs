using Tidemark.Disks.Keys;
using Tidemark.Disks.Measures;
using Tidemark.Engine;

namespace Tidemark.Disks;

/// <summary>What the domain is told when it starts.</summary>
public sealed record DomainOptions
{
    /// <summary>What secrets in the catalog are sealed with.</summary>
    public required MasterKey MasterKey { get; init; }

    /// <summary>The region that this server answers for.</summary>
    public string Region { get; init; } = "local";

    /// <summary>The zones of the region, at least one; the first is the default.</summary>
    public IReadOnlyList<string> Zones { get; init; } = ["local-1"];

    /// <summary>Snapshots that the region may hold without any disk.</summary>
    public int SnapshotQuotaBase { get; init; } = 64;

    /// <summary>Snapshots that each disk of the region adds to the quota.</summary>
    public int SnapshotQuotaPerDisk { get; init; } = 64;

    /// <summary>Bytes that all snapshots together may keep from being freed.</summary>
    public long SnapshotBytesMax { get; init; } = long.MaxValue;

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

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where ids and keys come from; a seeded source in tests.</summary>
    public FillRandom Random { get; init; } = System.Security.Cryptography.RandomNumberGenerator.Fill;
}
