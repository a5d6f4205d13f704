namespace Tidemark.Catalog.Schema;

/// <summary>One step of the schema. Applied in a transaction together with its version.</summary>
/// <param name="Version">The schema's version after the step; steps are numbered from 1 without gaps.</param>
/// <param name="Sql">
/// The statements. Columns are only ever added at the end of a table, so that older journals stay readable.
/// </param>
public sealed record Migration(int Version, string Sql);
