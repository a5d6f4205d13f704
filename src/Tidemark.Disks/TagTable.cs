using Tidemark.Catalog;
using Tidemark.Catalog.Schema;

namespace Tidemark.Disks;

/// <summary>Labels in the catalog.</summary>
internal static class TagTable
{
    /// <summary>Writes a resource's labels.</summary>
    public static void Put(SqlTransaction transaction, string resourceId, IReadOnlyList<Tag> tags)
    {
        foreach (var tag in tags)
            transaction.Put(CatalogTables.Tags, resourceId, tag.Key, tag.Value);
    }

    /// <summary>Removes a resource's labels.</summary>
    public static void Delete(SqlTransaction transaction, string resourceId) =>
        transaction.Delete(CatalogTables.Tags, resourceId);

    /// <summary>The labels of some resources.</summary>
    public static ILookup<string, Tag> Load(CatalogReader reader, IReadOnlyList<string> resourceIds)
    {
        const string sql =
            "SELECT resource_id, tag_key, tag_value FROM tags WHERE resource_id IN @resourceIds ORDER BY tag_key";
        return reader.Query<Row>(sql, new { resourceIds })
            .ToLookup(row => row.ResourceId, row => new Tag(row.TagKey, row.TagValue), StringComparer.Ordinal);
    }

    private sealed class Row
    {
        public string ResourceId { get; init; } = string.Empty;

        public string TagKey { get; init; } = string.Empty;

        public string TagValue { get; init; } = string.Empty;
    }
}
