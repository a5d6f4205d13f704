using System.Net;
using Tidemark.Disks;
using Tidemark.Disks.Keys;
using Tidemark.Hosting.Tls;

namespace Tidemark.Hosting;

/// <summary>What a server is told when it starts.</summary>
internal sealed record ServerSettings
{
    /// <summary>The folder that holds catalog, store, keys and socket; made when it does not exist.</summary>
    public required string DataFolder { get; init; }

    /// <summary>Where the API listens; port 0 takes a free one.</summary>
    public required IReadOnlyList<IPEndPoint> Listen { get; init; }

    /// <summary>Where disks are served: TCP addresses and Unix sockets.</summary>
    public required IReadOnlyList<EndPoint> Nbd { get; init; }

    /// <summary>The region that is answered for.</summary>
    public string Region { get; init; } = Defaults.Region;

    /// <summary>The zones of the region, at least one.</summary>
    public IReadOnlyList<string> Zones { get; init; } = [Defaults.Zone];

    /// <summary>Regions besides the first.</summary>
    public IReadOnlyList<Region> OtherRegions { get; init; } = [];

    /// <summary>Memory for maps, indexes and requests of all disks together.</summary>
    public required long MemoryBytes { get; init; }

    /// <summary>The key to accept, from the environment; null to use the one of the data folder, or draw one.</summary>
    public AccessKey? Key { get; init; }

    /// <summary>Snapshots that an account may have in a region, besides those that each disk adds.</summary>
    public int SnapshotQuota { get; init; } = Defaults.SnapshotQuota;

    /// <summary>Bytes that all snapshots of an account in a region may hold together.</summary>
    public long SnapshotBytesMax { get; init; } = long.MaxValue;

    /// <summary>Whether disks have only the sizes of their type.</summary>
    public bool StrictSizes { get; init; }

    /// <summary>Whether disks are attached only to registered instances.</summary>
    public bool StrictInstances { get; init; }

    /// <summary>Whether disks keep to the performance of their type and size.</summary>
    public bool EnforcePerformance { get; init; }

    /// <summary>For how long terminated disks and deleted snapshots can be brought back.</summary>
    public TimeSpan KeepDeleted { get; init; }

    /// <summary>Whether a rollback keeps a snapshot of what it replaces.</summary>
    public bool KeepsSafetySnapshots { get; init; } = true;

    /// <summary>How the API is served over TLS; null for plain HTTP.</summary>
    public TlsSettings? Tls { get; init; }

    /// <summary>Whether the documented request rates are enforced.</summary>
    public bool LimitsRates { get; init; }

    /// <summary>Whether a network file system is accepted for the data folder.</summary>
    public bool AllowsNetworkFileSystem { get; init; }
}
