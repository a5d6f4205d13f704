using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.ServerActions;

/// <summary>The answer to DescribeServer.</summary>
internal sealed class DescribeServerResponse : ApiResponse
{
    /// <summary>The program's version.</summary>
    public required string Version { get; init; }

    /// <summary>The one region that it answers for.</summary>
    public required string Region { get; init; }

    /// <summary>The zones of the region; the first is the default.</summary>
    public required IReadOnlyList<string> Zones { get; init; }

    /// <summary>Where disks are served, as <c>tcp:ADDRESS:PORT</c> or <c>unix:PATH</c>.</summary>
    public required IReadOnlyList<string> NbdAddresses { get; init; }

    /// <summary>The server's clock.</summary>
    public required string ServerTime { get; init; }

    /// <summary>Disks in the catalog.</summary>
    public required int DiskCount { get; init; }

    /// <summary>Snapshots of the account in the region.</summary>
    public required int SnapshotCount { get; init; }

    /// <summary>Snapshots that the quota allows with the disks of now.</summary>
    public required int SnapshotCountMax { get; init; }

    /// <summary>Layers, those without a name included.</summary>
    public required int LayerCount { get; init; }

    /// <summary>Segments on the store.</summary>
    public required int SegmentCount { get; init; }

    /// <summary>Dead bytes that are not yet given back.</summary>
    public required long PendingBytes { get; init; }

    /// <summary>Memory of the map cache in use.</summary>
    public required long MapBytes { get; init; }
}
