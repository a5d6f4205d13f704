using System.Globalization;
using Microsoft.Data.Sqlite;
using Tidemark.Catalog;
using Tidemark.Catalog.Schema;
using Tidemark.Disks.Accounts;
using Tidemark.Disks.Queries;
using Tidemark.Engine;
using Tidemark.Engine.Stores;

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
    /// <param name="resourceId">Only events about this, alone or among others; null for all.</param>
    /// <param name="limit">1 to 1,000.</param>
    /// <param name="beforeEventId">Only older ones than this; null for the newest.</param>
    /// <param name="scope">Only events of this account and region; null for all.</param>
    public IReadOnlyList<AuditEvent> List(string? resourceId, int limit, long? beforeEventId, Scope? scope = null) =>
        List(new EventQuery
        {
            ResourceIds = resourceId is null ? [] : [resourceId],
            Limit = limit,
            BeforeEventId = beforeEventId,
            Scope = scope,
        });

    /// <summary>The newest events that a query describes.</summary>
    public IReadOnlyList<AuditEvent> List(EventQuery query)
    {
        var limit = RequestRules.Number(query.Limit, "Limit", 1, ListMax, ListMax);
        var conditions = new ListConditions();
        Describe(query, conditions);
        var rows = _catalog.Read(reader => reader.Query<Row>(
            $"SELECT * FROM events {conditions.Sql} ORDER BY event_id DESC LIMIT {limit}", conditions.Parameters));
        return [.. rows.Select(row => row.ToEvent())];
    }

    /// <summary>
    /// Writes the event of something that was decided outside any other transaction. What cannot be written is told to
    /// the server's log instead: the request has its answer already.
    /// </summary>
    public void Note(Caller caller, string action, string resourceId, string result, string message)
    {
        try
        {
            _catalog.Commit(transaction => Add(
                SqlTransaction.Of(transaction), caller, action, resourceId, result, message));
        }
        catch (Exception problem) when (problem is SqliteException or EngineException or StoreException)
        {
            _options.Log?.Invoke(new EngineMessage(true,
                $"{action} of {resourceId} for {caller.Name}: {result} {message}; no event: {problem.Message}"));
        }
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
        caller.Trail?.Mark();
        if (eventId > _options.EventsMax)
            transaction.DeleteBelow(CatalogTables.Events, eventId - _options.EventsMax + 1);
    }

    private static void Describe(EventQuery query, ListConditions conditions)
    {
        if (query.ResourceIds.Count > 0)
            conditions.AddMember("resource_id", query.ResourceIds);
        if (query.Actions.Count > 0)
            conditions.AddChoice("action", query.Actions);
        if (query.Actor is { } actor)
            conditions.AddChoice("actor", new[] { actor });
        if (query.Result is { } result)
            conditions.AddChoice("result", new[] { result });
        if (query.Scope is { } scope)
        {
            conditions.AddChoice("account_id", new[] { scope.AccountId });
            conditions.AddChoice("region", new[] { scope.Region });
        }

        if (query.From is { } from)
            conditions.Add(string.Create(
                CultureInfo.InvariantCulture, $"time_ms >= {from.ToUnixTimeMilliseconds()}"));
        if (query.Until is { } until)
            conditions.Add(string.Create(
                CultureInfo.InvariantCulture, $"time_ms <= {until.ToUnixTimeMilliseconds()}"));
        if (query.BeforeEventId is { } before)
            conditions.Add(string.Create(CultureInfo.InvariantCulture, $"event_id < {before}"));
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
