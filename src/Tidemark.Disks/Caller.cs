using Tidemark.Disks.Accounts;
using Tidemark.Disks.Events;

namespace Tidemark.Disks;

/// <summary>On whose behalf something is done; goes into the audit event.</summary>
/// <param name="Name">The secret id, or the name of the part of the server that acts by itself.</param>
/// <param name="RequestId">The request's id.</param>
/// <param name="SourceAddress">The peer's address; empty when the server itself acts.</param>
public sealed record Caller(string Name, string RequestId, string SourceAddress)
{
    /// <summary>What it sees and where it makes things; null for the server itself, which sees everything.</summary>
    public Scope? Scope { get; init; }

    /// <summary>Learns whether an event was written for the request; null when nobody asks.</summary>
    public EventTrail? Trail { get; init; }

    /// <summary>The server itself, for work that nobody asked for now (expiry, recovery).</summary>
    public static readonly Caller Server = new("server", string.Empty, string.Empty);

    /// <summary>The server itself, for something that belongs to one account.</summary>
    public static Caller ServerFor(Scope scope) => Server with { Scope = scope };
}
