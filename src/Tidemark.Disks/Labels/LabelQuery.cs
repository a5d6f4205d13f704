namespace Tidemark.Disks.Labels;

/// <summary>Which labels are asked for. What is null does not matter; the rest must all hold.</summary>
public sealed record LabelQuery
{
    /// <summary>The account whose resources are looked at.</summary>
    public required string AccountId { get; init; }

    /// <summary>The region of the resources.</summary>
    public string? Region { get; init; }

    /// <summary>The kind of the resources; an unknown one has none.</summary>
    public string? Prefix { get; init; }

    /// <summary>Exactly these resources.</summary>
    public IReadOnlyList<string>? ResourceIds { get; init; }

    /// <summary>Labels with one of these keys.</summary>
    public IReadOnlyList<string>? Keys { get; init; }

    /// <summary>Labels with this value.</summary>
    public string? Value { get; init; }

    /// <summary>Resources that have, for each of these keys, one of the values; any when there are none.</summary>
    public IReadOnlyList<(string Key, IReadOnlyList<string> Values)> OfResourcesWith { get; init; } = [];

    /// <summary>Items to skip.</summary>
    public long Offset { get; init; }

    /// <summary>Items at most; 0 or more.</summary>
    public long Limit { get; init; }
}
