using Tidemark.Api.Wire;
using Tidemark.Disks.Events;

namespace Tidemark.Api.Actions.LogActions;

/// <summary>Something that was done to a disk. Operations are over when they are listed.</summary>
internal sealed class WireDiskOperation(AuditEvent happened, string operation, string diskId)
{
    public string Operator => happened.Actor;

    public string Operation => operation;

    public string DiskId => diskId;

    public string OperationState => OperationLogRequest.State(happened);

    public string StartTime => WireTime.Plain(happened.Time);

    public string EndTime => WireTime.Plain(happened.Time);
}
