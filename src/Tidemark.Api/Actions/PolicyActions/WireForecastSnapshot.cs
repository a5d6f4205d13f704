using Tidemark.Api.Wire;
using Tidemark.Disks.Policies;

namespace Tidemark.Api.Actions.PolicyActions;

/// <summary>A snapshot of a forecast.</summary>
internal sealed class WireForecastSnapshot(ForecastSnapshot snapshot)
{
    /// <summary>Null when it does not exist yet.</summary>
    public string? SnapshotId => snapshot.SnapshotId;

    /// <summary>When it was or will be made.</summary>
    public string Time => WireTime.Utc(snapshot.Time);
}
