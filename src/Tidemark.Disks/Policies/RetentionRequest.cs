namespace Tidemark.Disks.Policies;

/// <summary>How long snapshots are to stay, as a request gave it; null and 0 mean not given.</summary>
public sealed record RetentionRequest
{
    /// <summary>Until somebody deletes them.</summary>
    public bool? IsPermanent { get; init; }

    /// <summary>Each for 1 to 36,500 days.</summary>
    public long? Days { get; init; }

    /// <summary>Each for 1 to 1,200 months.</summary>
    public long? Months { get; init; }

    /// <summary>The newest 1 to 10,000 of each disk.</summary>
    public long? Amount { get; init; }

    /// <summary>Thinned out with age; each count 0 to 100, at least one above 0.</summary>
    public AdvancedRetention? Advanced { get; init; }
}
