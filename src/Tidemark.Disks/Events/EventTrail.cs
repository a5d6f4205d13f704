namespace Tidemark.Disks.Events;

/// <summary>
/// Whether a request has its audit event yet. A change writes its own event together with its rows; what never got so
/// far is noted by whoever took the request.
/// </summary>
public sealed class EventTrail
{
    private volatile bool _hasEvent;

    /// <summary>Whether an event was written on the caller's behalf.</summary>
    public bool HasEvent => _hasEvent;

    /// <summary>An event was written.</summary>
    internal void Mark() => _hasEvent = true;
}
