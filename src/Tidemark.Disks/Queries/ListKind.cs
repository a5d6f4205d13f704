namespace Tidemark.Disks.Queries;

/// <summary>What a list's ids are called and how they look.</summary>
/// <param name="IdColumn">The column.</param>
/// <param name="IdPrefix">What ids start with.</param>
/// <param name="IdsParameter">The request's parameter.</param>
internal sealed record ListKind(string IdColumn, string IdPrefix, string IdsParameter);
