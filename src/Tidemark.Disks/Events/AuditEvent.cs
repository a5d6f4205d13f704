namespace Tidemark.Disks.Events;

/// <summary>One thing that somebody did or was refused.</summary>
/// <param name="EventId">Grows by one with each event.</param>
/// <param name="Time">When, UTC.</param>
/// <param name="Actor">Secret id, or the part of the server.</param>
/// <param name="Action">The action's name, for example <c>CreateSnapshot</c>.</param>
/// <param name="ResourceId">What it was about; several are separated by commas, cut at 1,000 characters.</param>
/// <param name="Result"><c>Success</c> or the error code.</param>
/// <param name="Message">The error's message; empty on success.</param>
/// <param name="RequestId">The request's id.</param>
/// <param name="SourceAddress">The peer's address.</param>
public sealed record AuditEvent(
    long EventId,
    DateTimeOffset Time,
    string Actor,
    string Action,
    string ResourceId,
    string Result,
    string Message,
    string RequestId,
    string SourceAddress);
