using Tidemark.Api.Wire;
using Tidemark.Disks.Events;

namespace Tidemark.Api.Actions.LogActions;

/// <summary>Something that was done to a snapshot. Operations are over when they are listed.</summary>
internal sealed class WireSnapshotOperation(AuditEvent happened, string operation, string snapshotId)
{
    public string Operator => happened.Actor;

    public string Operation => operation;

    public string SnapshotId => snapshotId;

    public string OperationState => OperationLogRequest.State(happened);

    public string StartTime => WireTime.Plain(happened.Time);

    public string EndTime => WireTime.Plain(happened.Time);
}
