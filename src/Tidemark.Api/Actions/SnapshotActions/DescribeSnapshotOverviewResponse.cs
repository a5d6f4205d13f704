using Tidemark.Api.Wire;

namespace Tidemark.Api.Actions.SnapshotActions;

/// <summary>The answer to DescribeSnapshotOverview. Sizes are GiB, unlike that of a single snapshot.</summary>
internal sealed class DescribeSnapshotOverviewResponse : ApiResponse
{
    private const double BytesPerGiB = 1 << 30;

    /// <summary>Snapshots that there are.</summary>
    public required int TotalNums { get; init; }

    /// <summary>What they hold: exactly <see cref="TotalBytes"/>.</summary>
    public double TotalSize => TotalBytes / BytesPerGiB;

    /// <summary>The same: nothing is free of charge, for nothing is charged.</summary>
    public double RealTradeSize => TotalSize;

    /// <summary>None.</summary>
    public double FreeQuota { get; }

    /// <summary>Extension: what would come back if all of them were deleted.</summary>
    public required long TotalBytes { get; init; }

    /// <summary>Extension: false when it was measured before the last change, or more than a minute ago.</summary>
    public required bool IsCurrent { get; init; }

    /// <summary>Extension: when it was measured, UTC; empty before the first time.</summary>
    public required string MeasuredTime { get; init; }
}
