using System.Globalization;
using Tidemark.Catalog;
using Tidemark.Disks.Snapshots;

namespace Tidemark.Disks.Policies;

/// <summary>
/// One run of one policy: a snapshot of each bound disk, then a look at what is kept. Each disk stands for itself: what
/// fails on one is recorded and does not hold up the others. A run that a crash interrupted is taken up again: no disk
/// gets a second snapshot.
/// </summary>
internal sealed class PolicyRun
{
    /// <summary>The action's name in events.</summary>
    public const string Action = "RunAutoSnapshotPolicy";

    /// <summary>After so many runs in a row without any snapshot a policy suspends itself.</summary>
    public const int FailuresMax = 5;

    private const string SuspendAction = "SuspendAutoSnapshotPolicy";
    private const string Skipped = "Skipped";
    private const int MissedMax = 1_000;
    private const int DeletionsMax = 100;
    private const int FailuresShownMax = 5;

    private readonly DomainParts _parts;
    private readonly SnapshotOperations _snapshots;
    private readonly SnapshotPolicy _policy;
    private readonly Caller _caller;
    private readonly DateTimeOffset _due;
    private readonly DateTimeOffset _run;
    private readonly List<(string DiskId, DomainException Refusal)> _failures = [];
    private int _madeCount;

    /// <summary>The newest run of a policy that is due; older ones were missed.</summary>
    public PolicyRun(DomainParts parts, SnapshotOperations snapshots, SnapshotPolicy policy, DateTimeOffset now)
    {
        _parts = parts;
        _snapshots = snapshots;
        _policy = policy;
        _caller = new Caller("scheduler", string.Empty, string.Empty) { Scope = policy.Scope };
        _due = policy.NextTriggerTime ?? now;
        _run = policy.Calendar.LatestWithin(_due, now) ?? _due;
    }

    private int DiskCount => _madeCount + _failures.Count;

    /// <summary>Carries it out.</summary>
    public void Carry()
    {
        var diskIds = _parts.Catalog.Read(reader => PolicyBindings.Load(reader, [_policy.PolicyId]))[_policy.PolicyId]
            .Where(disk => disk.State != DiskState.ToRecycle)
            .Select(disk => disk.DiskId);
        foreach (var diskId in diskIds)
        {
            Take(diskId);
            Thin(diskId);
        }

        _parts.Commit(Conclude);
    }

    private void Take(string diskId)
    {
        if (_parts.Catalog.Read(reader => PolicySnapshots.HasRun(reader, _policy.PolicyId, diskId, _run)))
        {
            _madeCount++;
            return;
        }

        try
        {
            _snapshots.Create(
                new CreateSnapshotRequest
                {
                    DiskId = diskId,
                    SnapshotName = string.Create(
                        CultureInfo.InvariantCulture, $"auto_{diskId}_{PolicyClock.Local(_run):yyyyMMdd_HH}"),
                    Deadline = _policy.Retention.DeadlineOf(_parts.Now),
                    PolicyId = _policy.PolicyId,
                    Within = (rows, snapshotId) => Admit(rows, diskId, snapshotId),
                },
                _caller);
            _madeCount++;
        }
        catch (DomainException refusal)
        {
            _failures.Add((diskId, refusal));
        }
    }

    // In the snapshot's own transaction, so that neither an unbinding nor a crash lets one too many through.
    private void Admit(SqlTransaction rows, string diskId, string snapshotId)
    {
        if (!PolicyBindings.Exists(rows.Rows, _policy.PolicyId, diskId))
            throw Late($"disk {diskId} was unbound from it meanwhile");
        if (PolicySnapshots.HasRun(rows.Rows, _policy.PolicyId, diskId, _run))
            throw Late($"it has made its snapshot of disk {diskId}");
        _parts.Events.Add(
            rows, _caller, Action, diskId, Events.EventLog.Success,
            $"Policy {_policy.PolicyId}, run of {Text(_run)}: snapshot {snapshotId}.");
    }

    private DomainException Late(string reason) => new(
        ErrorCode.WrongState, $"The run of {Text(_run)} of policy {_policy.PolicyId} makes no snapshot: {reason}.");

    // What is kept is decided by the policy as it is now: a retention that was just made longer counts.
    private void Thin(string diskId)
    {
        var (retention, existing) = _parts.Catalog.Read(reader => (
            PolicyTable.Find(reader, _policy.PolicyId)?.Retention,
            PolicySnapshots.Of(reader, _policy.PolicyId, diskId)));
        if (retention is not { IsByLook: true })
            return;
        var isKept = retention.Keep([.. existing.Select(snapshot => snapshot.Time)], _parts.Now);
        var doomed = existing.Where((snapshot, index) => !isKept[index] && !snapshot.IsHeld).Take(DeletionsMax);
        foreach (var snapshot in doomed)
        {
            try
            {
                _snapshots.Delete([snapshot.SnapshotId ?? string.Empty], _caller);
            }
            catch (DomainException)
            {
                // The refusal is an event; the next run looks again.
            }
        }
    }

    private void Conclude(SqlTransaction rows)
    {
        AddEvents(rows);
        if (PolicyTable.Find(rows.Rows, _policy.PolicyId) is not { } current)
            return;
        // Somebody may have paused it, or given it another schedule, while it ran.
        if (current.NextTriggerTime != _policy.NextTriggerTime)
        {
            PolicyTable.Put(rows, current with { LastTriggerTime = _run });
            return;
        }

        var failureCount = DiskCount == 0 ? current.FailureCount : _madeCount > 0 ? 0 : current.FailureCount + 1;
        var ran = current with
        {
            LastTriggerTime = _run,
            NextTriggerTime = current.Calendar.NextAfter(_run),
            FailureCount = failureCount,
        };
        PolicyTable.Put(rows, failureCount < FailuresMax ? ran : Suspend(rows, ran));
    }

    private SnapshotPolicy Suspend(SqlTransaction rows, SnapshotPolicy policy)
    {
        var reason = string.Create(CultureInfo.InvariantCulture,
            $"{policy.FailureCount} runs in a row made no snapshot. The last one, {Text(_run)}: {FailureText()}");
        _parts.Events.Add(rows, _caller, SuspendAction, policy.PolicyId, Events.EventLog.Success, reason);
        return policy with { IsActivated = false, NextTriggerTime = null, SuspendReason = reason };
    }

    private void AddEvents(SqlTransaction rows)
    {
        if (DiskCount == 0)
            return;
        if (_run > _due)
            _parts.Events.Add(rows, _caller, Action, _policy.PolicyId, Skipped, MissedText());
        var result = _failures.Count == 0 ? Events.EventLog.Success : _failures[0].Refusal.Code;
        _parts.Events.Add(rows, _caller, Action, _policy.PolicyId, result, string.Create(CultureInfo.InvariantCulture,
            $"Run of {Text(_run)}: {_madeCount} of {DiskCount} disks have a snapshot. {FailureText()}").TrimEnd());
    }

    private string MissedText()
    {
        var count = 0;
        for (var run = _due; run < _run && count < MissedMax; run = _policy.Calendar.NextAfter(run))
            count++;
        var atLeast = count == MissedMax ? "at least " : string.Empty;
        return string.Create(CultureInfo.InvariantCulture,
            $"Missed or interrupted: {atLeast}{count} runs from {Text(_due)} on, made up for by that of {Text(_run)}.");
    }

    private string FailureText() => string.Join(
        ' ', _failures.Take(FailuresShownMax).Select(failure => $"{failure.DiskId}: {failure.Refusal.Message}"));

    private static string Text(DateTimeOffset time) => PolicyClock.Local(time).ToString(
        "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
