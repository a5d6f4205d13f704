namespace Tidemark.Nbd;

/// <summary>One entry of the answer to <c>NBD_OPT_LIST</c>.</summary>
/// <param name="Name">A name that <see cref="ExportCatalog.Open"/> accepts; at most 4,096 bytes of UTF-8.</param>
/// <param name="Description">A line for people; may be empty.</param>
public sealed record ExportListing(string Name, string Description);
