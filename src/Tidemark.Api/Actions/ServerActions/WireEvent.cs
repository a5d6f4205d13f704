using Tidemark.Api.Wire;
using Tidemark.Disks.Events;

namespace Tidemark.Api.Actions.ServerActions;

/// <summary>An audit event as DescribeEvents shows it.</summary>
internal sealed class WireEvent(AuditEvent happened)
{
    public long EventId => happened.EventId;

    public string Time => WireTime.Utc(happened.Time);

    public string Actor => happened.Actor;

    public string Action => happened.Action;

    public string ResourceId => happened.ResourceId;

    public string Result => happened.Result;

    public string Message => happened.Message;

    /// <summary>The id of the request that caused it, not of the request that asks.</summary>
    public string RequestId => happened.RequestId;

    public string SourceAddress => happened.SourceAddress;
}
