#pragma warning disable CA1822
namespace Tidemark.Disks.Events;

/// <summary>The audit log: what was done and refused, bounded, newest first.</summary>
public sealed class EventLog
{
    /// <summary>The newest events, at most 1,000, about one resource or all.</summary>
    /// <param name="resourceId">Only events of this resource; null for all.</param>
    /// <param name="limit">1 to 1,000.</param>
    /// <param name="beforeEventId">Only older ones than this; null for the newest.</param>
    public IReadOnlyList<AuditEvent> List(string? resourceId, int limit, long? beforeEventId) =>
        throw new InvalidOperationException();
}
