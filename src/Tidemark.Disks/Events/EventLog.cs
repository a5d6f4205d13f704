using Tidemark.Catalog;
using Tidemark.Catalog.Schema;
using Tidemark.Disks.Accounts;

namespace Tidemark.Disks.Events;

/// <summary>The audit log: what was done and refused, bounded, newest first.</summary>
public sealed class EventLog
{
    /// <summary>What <see cref="AuditEvent.Result"/> says when all went well.</summary>
    public const string Success = "Success";

    private const int ListMax = 1000;
    private const int ResourceLengthMax = 1000;
    private const int MessageLengthMax = 2000;

    private readonly SqlCatalog _catalog;
    private readonly DomainOptions _options;

    internal EventLog(SqlCatalog catalog, DomainOptions options)
    {
        _catalog = catalog;
        _options = options;
    }

    /// <summary>The newest events, at most 1,000, about one resource or all.</summary>
    /// <param name="resourceId">Only events about exactly this; null for all.</param>
    /// <param name="limit">1 to 1,000.</param>
    /// <param name="beforeEventId">Only older ones than this; null for the newest.</param>
    /// <param name="scope">Only events of this account and region; null for all.</param>
    public IReadOnlyList<AuditEvent> List(string? resourceId, int limit, long? beforeEventId, Scope? scope = null)
    {
        const string sql =
            "SELECT * FROM events WHERE event_id < @before AND (@resourceId IS NULL OR resource_id = @resourceId) " +
            "AND (@account IS NULL OR (account_id = @account AND region = @region)) " +
            "ORDER BY event_id DESC LIMIT @limit";
        var count = (int)RequestRules.Number(limit, "Limit", 1, ListMax, ListMax);
        var before = beforeEventId ?? long.MaxValue;
        var rows = _catalog.Read(reader => reader.Query<Row>(
            sql, new { before, resourceId, limit = count, account = scope?.AccountId, region = scope?.Region }));
        return [.. rows.Select(row => row.ToEvent())];
    }

    /// <summary>Adds the event of something that succeeds with this transaction.</summary>
    internal void Add(SqlTransaction transaction, Caller caller, string action, string resourceId) =>
        Add(transaction, caller, action, resourceId, Success, string.Empty);

    /// <summary>Adds an event, and removes the oldest ones beyond the limit.</summary>
    internal void Add(
        SqlTransaction transaction, Caller caller, string action, string resourceId, string result, string message)
    {
        var eventId = transaction.Rows.Number("SELECT coalesce(max(event_id), 0) + 1 FROM events");
        transaction.Put(
            CatalogTables.Events,
            eventId, _options.Time.GetUtcNow().ToUnixTimeMilliseconds(), caller.Name, action,
            Cut(resourceId, ResourceLengthMax), result, Cut(message, MessageLengthMax), caller.RequestId,
            caller.SourceAddress, caller.Scope?.AccountId ?? string.Empty, caller.Scope?.Region ?? string.Empty);
        if (eventId > _options.EventsMax)
            transaction.DeleteBelow(CatalogTables.Events, eventId - _options.EventsMax + 1);
    }

    private static string Cut(string text, int lengthMax) => text.Length <= lengthMax ? text : text[..lengthMax];

    private sealed class Row
    {
        public long EventId { get; init; }

        public long TimeMs { get; init; }

        public string Actor { get; init; } = string.Empty;

        public string Action { get; init; } = string.Empty;

        public string ResourceId { get; init; } = string.Empty;

        public string Result { get; init; } = string.Empty;

        public string Message { get; init; } = string.Empty;

        public string RequestId { get; init; } = string.Empty;

        public string SourceAddress { get; init; } = string.Empty;

        public AuditEvent ToEvent() => new(
            EventId, Timestamps.FromColumn(TimeMs), Actor, Action, ResourceId, Result, Message, RequestId,
            SourceAddress);
    }
}
