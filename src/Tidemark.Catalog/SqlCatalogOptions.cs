using Tidemark.Engine;

namespace Tidemark.Catalog;

/// <summary>Where the catalog is and how it works.</summary>
public sealed record SqlCatalogOptions
{
    /// <summary>
    /// The data directory: <c>catalog.db</c>, <c>store/catalog-journal</c> and <c>copies</c> are in it.
    /// </summary>
    public required string DataDirectory { get; init; }

    /// <summary>Where a person's attention is asked for.</summary>
    public Action<EngineMessage>? Log { get; init; }

    /// <summary>
    /// Told of each commit of the database, on the writer's thread. It must be quick and must not throw.
    /// </summary>
    public Action<CatalogCommit>? OnCommit { get; init; }

    /// <summary>
    /// Told of each point of a commit, on the writer's thread, so that a test can end the process there. What it throws
    /// reaches those who wait for the commit in place of an answer.
    /// </summary>
    public Action<CommitPoint>? OnPoint { get; init; }

    /// <summary>Says how long a commit takes.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
