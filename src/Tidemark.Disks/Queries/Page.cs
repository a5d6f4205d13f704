namespace Tidemark.Disks.Queries;

/// <summary>A page of a list.</summary>
/// <param name="TotalCount">How many there are on all pages.</param>
/// <param name="Items">Those of this page, in order.</param>
/// <typeparam name="T">What is listed.</typeparam>
public sealed record Page<T>(int TotalCount, IReadOnlyList<T> Items);
