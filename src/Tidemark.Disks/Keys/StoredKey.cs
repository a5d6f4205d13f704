namespace Tidemark.Disks.Keys;

/// <summary>A key as lists show it, without its secret.</summary>
public sealed record StoredKey
{
    /// <summary>Its public part.</summary>
    public required string SecretId { get; init; }

    /// <summary>Whose it is.</summary>
    public required string AccountId { get; init; }

    /// <summary>At most 60 bytes of UTF-8.</summary>
    public required string Name { get; init; }

    /// <summary>Whether requests that it signs are accepted.</summary>
    public required bool IsEnabled { get; init; }

    /// <summary>Whether it may only look.</summary>
    public required bool IsReadOnly { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreateTime { get; init; }
}
