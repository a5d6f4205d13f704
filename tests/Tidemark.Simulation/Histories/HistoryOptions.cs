namespace Tidemark.Simulation.Histories;

/// <summary>What a family of histories has in common.</summary>
internal sealed record HistoryOptions
{
    /// <summary>The map's budget; small ones evict all the time.</summary>
    public long MapBudgetBytes { get; init; } = 1;

    /// <summary>How many layers are a group: few, so that short chains have groups too.</summary>
    public int GroupMembers { get; init; } = 2;

    /// <summary>True to spoil one read now and then: a canary that proves that the comparison can fail.</summary>
    public bool HasCanary { get; init; }
}
