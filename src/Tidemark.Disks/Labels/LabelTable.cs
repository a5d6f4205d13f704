using System.Globalization;
using Tidemark.Catalog;
using Tidemark.Disks.Accounts;
using Tidemark.Disks.Queries;

namespace Tidemark.Disks.Labels;

/// <summary>Labels of all kinds of resources in the catalog, with who owns the resources.</summary>
internal static class LabelTable
{
    private static readonly string AllSql = "(" + string.Join(" UNION ALL ", LabelledKind.All.Select(kind =>
        $"SELECT '{kind.Prefix}' AS prefix, owner.account_id, owner.region, tags.resource_id, tag_key, tag_value " +
        $"FROM tags JOIN {kind.Table} AS owner ON owner.{kind.IdColumn} = tags.resource_id{kind.PresenceSql}")) + ")";

    /// <summary>Whether a resource is there, and of that scope.</summary>
    public static bool IsThere(CatalogReader reader, LabelledKind kind, string resourceId, Scope scope) =>
        reader.Number(
            $"SELECT count(*) FROM {kind.Table} AS owner WHERE owner.{kind.IdColumn} = @resourceId " +
            $"AND account_id = @account AND region = @region{kind.PresenceSql}",
            new { resourceId, account = scope.AccountId, region = scope.Region }) > 0;

    /// <summary>A page of labels, in order of resource and key.</summary>
    public static Page<Label> List(CatalogReader reader, LabelQuery query) => Page(
        reader, query, "region, prefix, resource_id, tag_key, tag_value", "resource_id, tag_key",
        (Row row) => new Label(row.Region, row.Prefix, row.ResourceId, row.TagKey, row.TagValue));

    /// <summary>A page of different keys, in order.</summary>
    public static Page<string> Keys(CatalogReader reader, LabelQuery query) =>
        Page(reader, query, "DISTINCT tag_key", "tag_key", (Row row) => row.TagKey);

    /// <summary>A page of different pairs of key and value, in order.</summary>
    public static Page<Tag> Pairs(CatalogReader reader, LabelQuery query) => Page(
        reader, query, "DISTINCT tag_key, tag_value", "tag_key, tag_value",
        (Row row) => new Tag(row.TagKey, row.TagValue));

    /// <summary>A page of resources that have labels, in order.</summary>
    public static Page<ResourceName> Resources(CatalogReader reader, LabelQuery query) => Page(
        reader, query, "DISTINCT region, prefix, resource_id", "resource_id",
        (Row row) => new ResourceName(row.Region, query.AccountId, row.Prefix, row.ResourceId));

    private static Page<T> Page<T>(
        CatalogReader reader, LabelQuery query, string columns, string order, Func<Row, T> read)
    {
        var conditions = Conditions(query);
        var from = $"SELECT {columns} FROM {AllSql} AS labels {conditions.With(string.Empty)}";
        var count = reader.Number($"SELECT count(*) FROM ({from})", conditions.Parameters);
        var rows = reader.Query<Row>(
            string.Create(
                CultureInfo.InvariantCulture, $"{from} ORDER BY {order} LIMIT {query.Limit} OFFSET {query.Offset}"),
            conditions.Parameters);
        return new Page<T>(checked((int)count), [.. rows.Select(read)]);
    }

    private static ListConditions Conditions(LabelQuery query)
    {
        var conditions = new ListConditions();
        conditions.AddChoice("account_id", new[] { query.AccountId });
        if (query.Region is { } region)
            conditions.AddChoice("region", new[] { region });
        if (query.Prefix is { } prefix)
            conditions.AddChoice("prefix", new[] { prefix });
        if (query.ResourceIds is { } ids)
            conditions.AddChoice("resource_id", ids);
        if (query.Keys is { } keys)
            conditions.AddChoice("tag_key", keys);
        if (query.Value is { } value)
            conditions.AddChoice("tag_value", new[] { value });
        foreach (var (key, values) in query.OfResourcesWith)
        {
            if (values.Count > 0)
                conditions.AddTag("labels.resource_id", "tag_value", values, key);
            else
                conditions.AddTag("labels.resource_id", "tag_key", [key]);
        }

        return conditions;
    }

    private sealed class Row
    {
        public string Region { get; init; } = string.Empty;

        public string Prefix { get; init; } = string.Empty;

        public string ResourceId { get; init; } = string.Empty;

        public string TagKey { get; init; } = string.Empty;

        public string TagValue { get; init; } = string.Empty;
    }
}
