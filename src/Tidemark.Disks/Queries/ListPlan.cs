using System.Globalization;
using Tidemark.Catalog;
using Tidemark.Disks.Accounts;

namespace Tidemark.Disks.Queries;

/// <summary>A list query that was checked: which rows, in which order, which page.</summary>
internal sealed class ListPlan
{
    private const int LimitByDefault = 20;
    private const int LimitMax = 100;
    private const string CreationOrder = "created_ms";

    private readonly ListConditions _conditions = new();
    private readonly string _table;
    private readonly string _idColumn;
    private readonly string _orderColumn;
    private readonly string _orderSql;
    private readonly string _limitSql;

    // Rows that meet the conditions and this one are listed too; it lets none through that is listed anyway.
    private string? _otherwise;
    private string _ownSql = string.Empty;

    /// <summary>Checks a query.</summary>
    /// <param name="query">What was asked for.</param>
    /// <param name="table">The table, alone in its FROM clause.</param>
    /// <param name="kind">The ids: their column, prefix and the parameter's name.</param>
    /// <param name="filters">The filters that the list knows.</param>
    /// <param name="hasDeadlineOrder">Whether the list may be ordered by deadline.</param>
    public ListPlan(ListQuery query, string table, ListKind kind, FilterRules filters, bool hasDeadlineOrder)
    {
        _table = table;
        _idColumn = kind.IdColumn;
        var hasIds = query.Ids is { Count: > 0 };
        if (hasIds && query.Filters is { Count: > 0 })
        {
            throw new DomainException(ErrorCode.InvalidParameter,
                $"{kind.IdsParameter} and Filters exclude each other; give one of them.");
        }

        if (hasIds)
        {
            _conditions.AddChoice(
                kind.IdColumn, RequestRules.Ids(query.Ids, kind.IdsParameter, kind.IdPrefix, LimitMax));
        }

        filters.Apply(query.Filters ?? [], _conditions);
        var limit = RequestRules.Number(query.Limit, "Limit", 0, LimitMax, LimitByDefault);
        var offset = RequestRules.Number(query.Offset, "Offset", 0, long.MaxValue, 0);
        var column = OrderColumn(query.OrderField, hasDeadlineOrder);
        var direction = Direction(query.Order);
        _orderColumn = column == CreationOrder ? CreationOrder : "deadline_ms";
        _orderSql = $"ORDER BY {column} {direction}, {kind.IdColumn} {direction}";
        _limitSql = string.Create(CultureInfo.InvariantCulture, $"LIMIT {limit} OFFSET {offset}");
    }

    /// <summary>Counts the rows of all pages; here for a look at its plan.</summary>
    internal string CountSql => string.Create(CultureInfo.InvariantCulture,
        $"SELECT {string.Join(" + ", Alternatives().Select(where => $"(SELECT count(*) FROM {_table} {where})"))}");

    /// <summary>Reads the page; here for a look at its plan.</summary>
    /// <remarks>
    /// Ordered and counted off by what an index holds; whole rows are read for the page alone. Alternatives are asked
    /// apart and merged in their order, because together they would be read as a whole and sorted.
    /// </remarks>
    internal string RowsSql
    {
        get
        {
            var ids = string.Join(" UNION ALL ", Alternatives()
                .Select(where => $"SELECT {_idColumn}, {_orderColumn} FROM {_table} {where}"));
            return $"SELECT * FROM {_table} WHERE {_idColumn} IN " +
                $"(SELECT {_idColumn} FROM ({ids} {_orderSql} {_limitSql})) {_orderSql}";
        }
    }

    /// <summary>The values of both.</summary>
    internal object Parameters => _conditions.Parameters;

    /// <summary>Adds a condition without values.</summary>
    public void Require(string condition) => _conditions.Add(condition);

    /// <summary>Shows only what is of an account and a region; null shows everything.</summary>
    public void RequireScope(Scope? scope)
    {
        if (scope is null)
            return;
        _conditions.AddChoice("account_id", new[] { scope.AccountId });
        _conditions.AddChoice("region", new[] { scope.Region });
    }

    /// <summary>
    /// Shows what is of an account and a region, and what another condition lets through; null shows everything. The
    /// condition, and filters, may speak of the account as <c>@viewer</c> (null for everybody) and of the region as
    /// <c>@viewerRegion</c>.
    /// </summary>
    /// <param name="scope">Who asks.</param>
    /// <param name="otherwise">Of nothing that is the scope's own; null when there is nothing else.</param>
    public void RequireVisible(Scope? scope, string? otherwise)
    {
        _conditions.Parameters.Add("viewer", scope?.AccountId);
        _conditions.Parameters.Add("viewerRegion", scope?.Region);
        if (scope is null)
            return;
        _ownSql = "account_id = @viewer AND region = @viewerRegion";
        _otherwise = otherwise;
    }

    /// <summary>How many rows there are on all pages.</summary>
    public int Count(CatalogReader reader) => checked((int)reader.Number(CountSql, _conditions.Parameters));

    /// <summary>The rows of the page.</summary>
    public IReadOnlyList<T> Rows<T>(CatalogReader reader) => reader.Query<T>(RowsSql, _conditions.Parameters);

    private IEnumerable<string> Alternatives()
    {
        yield return _conditions.With(_ownSql);
        if (_otherwise is not null)
            yield return _conditions.With(_otherwise);
    }

    private static string OrderColumn(string? field, bool hasDeadlineOrder) => field switch
    {
        null or "" or "CREATE_TIME" or "CREATETIME" => CreationOrder,
        // What has no deadline comes last in both directions.
        "DEADLINE" when hasDeadlineOrder => "deadline_ms IS NULL, deadline_ms",
        _ => throw RequestRules.BadValue(
            "OrderField", hasDeadlineOrder ? "CREATE_TIME or DEADLINE" : "CREATE_TIME", field),
    };

    private static string Direction(string? order) => order switch
    {
        null or "" or "DESC" => "DESC",
        "ASC" => "ASC",
        _ => throw RequestRules.BadValue("Order", "ASC or DESC", order),
    };
}
