using Tidemark.Disks.Accounts;

namespace Tidemark.Disks.Events;

/// <summary>Which events are asked for. What is null or empty does not matter; the rest must all hold.</summary>
public sealed record EventQuery
{
    /// <summary>About one of these resources, alone or among others. At most 100.</summary>
    public IReadOnlyList<string> ResourceIds { get; init; } = [];

    /// <summary>One of these actions. At most 100.</summary>
    public IReadOnlyList<string> Actions { get; init; } = [];

    /// <summary>The secret id, or the part of the server, that acted.</summary>
    public string? Actor { get; init; }

    /// <summary><c>Success</c> or an error code.</summary>
    public string? Result { get; init; }

    /// <summary>At this time or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>At this time or earlier.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Older than this event.</summary>
    public long? BeforeEventId { get; init; }

    /// <summary>Of the account in the region.</summary>
    public Scope? Scope { get; init; }

    /// <summary>Events on a page, 1 to 1,000.</summary>
    public int Limit { get; init; } = 100;
}
