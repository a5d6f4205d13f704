namespace Tidemark.Disks.Queries;

/// <summary>What a list is asked for, as the request gave it; the list refuses what is out of range.</summary>
public sealed record ListQuery
{
    /// <summary>
    /// Exactly these, unknown ones left out; null or empty when filters decide. Not together with filters. At most 100.
    /// </summary>
    public IReadOnlyList<string>? Ids { get; init; }

    /// <summary>Conditions, all of which must hold; at most 10 with 100 values each.</summary>
    public IReadOnlyList<Filter>? Filters { get; init; }

    /// <summary>Items on a page, 1 to 100; 20 when null. 0 counts only.</summary>
    public long? Limit { get; init; }

    /// <summary>Items to skip; 0 when null.</summary>
    public long? Offset { get; init; }

    /// <summary><c>CREATE_TIME</c> (also <c>CREATETIME</c>) when null, or <c>DEADLINE</c> for disks.</summary>
    public string? OrderField { get; init; }

    /// <summary><c>ASC</c> or <c>DESC</c>; newest first when null.</summary>
    public string? Order { get; init; }
}
