namespace Tidemark.Disks.Exports;

/// <summary>
/// Suspends the writes of disks for up to a minute: what was answered is on the disk, what comes waits, reads go on.
/// With it several disks, or a disk and something outside, can be brought to one point while snapshots are taken.
/// </summary>
public sealed class IoSuspension
{
    /// <summary>The longest hold.</summary>
    public const int SecondsMax = 60;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly DomainParts _parts;
    private readonly WriteGates _gates;

    internal IoSuspension(DomainParts parts, WriteGates gates)
    {
        _parts = parts;
        _gates = gates;
    }

    /// <summary>
    /// Holds the writes of a disk and returns when none runs any more. They pass again after the time said, when it is
    /// resumed, and when the server stops. Suspending again begins the time anew.
    /// </summary>
    /// <param name="diskId">The disk.</param>
    /// <param name="length">For how long, at most 60 s.</param>
    /// <param name="caller">On whose behalf.</param>
    /// <returns>When it ends by itself.</returns>
    public DateTimeOffset Suspend(string diskId, TimeSpan length, Caller caller) =>
        _parts.Audited.Run(caller, "SuspendDiskIo", diskId, () =>
        {
            if (length <= TimeSpan.Zero || length > TimeSpan.FromSeconds(SecondsMax))
                throw RequestRules.BadValue("Seconds", $"1 to {SecondsMax}", length.TotalSeconds);
            Require(diskId, caller);
            if (_gates.IsClosing)
                throw new DomainException(ErrorCode.Busy, "The server is stopping; no disk can be suspended.");
            var gate = _gates.Of(diskId);
            if (!gate.TryHold(length, Patience))
            {
                throw new DomainException(ErrorCode.Busy,
                    $"A write to disk {diskId} has been running for {Patience.TotalSeconds} s; nothing is held. " +
                    "Look at the storage device, then try again.");
            }

            var end = _parts.Now + length;
            if (_gates.IsClosing)
            {
                gate.Release();
                throw new DomainException(ErrorCode.Busy, "The server is stopping; no disk can be suspended.");
            }

            _parts.Commit(rows => _parts.Events.Add(rows, caller, "SuspendDiskIo", diskId));
            return end;
        });

    /// <summary>Lets the writes of a disk pass again; nothing happens when they already do.</summary>
    /// <returns>Whether they were held until now: false means that something may have been written meanwhile.</returns>
    public bool Resume(string diskId, Caller caller) =>
        _parts.Audited.Run(caller, "ResumeDiskIo", diskId, () =>
        {
            Require(diskId, caller);
            var wasHeld = _gates.Of(diskId).Release();
            _parts.Commit(rows => _parts.Events.Add(rows, caller, "ResumeDiskIo", diskId));
            return wasHeld;
        });

    /// <summary>Lets the writes of a disk pass, because its clients are to be disconnected.</summary>
    public void Release(string diskId) => _gates.Of(diskId).Release();

    /// <summary>Lets all writes pass, and holds none any more: the server stops.</summary>
    public void Close() => _gates.Close();

    private void Require(string diskId, Caller caller)
    {
        RequestRules.Id(diskId, "DiskId", Identifiers.DiskPrefix);
        DiskStates.RequireUsable(_parts.Catalog.Read(reader => DiskTable.Get(reader, diskId, caller.Scope)));
    }
}
