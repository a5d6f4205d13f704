namespace Tidemark.Disks.Policies;

/// <summary>
/// How long a policy's snapshots stay; one of five ways. By days and by months each snapshot gets its deadline when it
/// is made; by amount and the advanced way look at a disk's snapshots after each run.
/// </summary>
public sealed record PolicyRetention
{
    /// <summary>What a policy has when nothing is said: seven days.</summary>
    public static readonly PolicyRetention Usual = new() { Days = 7 };

    /// <summary>Whether they stay until somebody deletes them.</summary>
    public bool IsPermanent { get; init; }

    /// <summary>Days that each stays; 0 when not by days.</summary>
    public int Days { get; init; }

    /// <summary>Months that each stays; 0 when not by months.</summary>
    public int Months { get; init; }

    /// <summary>The newest so many of each disk stay; 0 when not by amount.</summary>
    public int Amount { get; init; }

    /// <summary>Thinned out with age; null when not this way.</summary>
    public AdvancedRetention? Advanced { get; init; }

    /// <summary>Whether snapshots are dropped by a look at all of them instead of by a deadline.</summary>
    public bool IsByLook => Amount > 0 || Advanced is not null;

    /// <summary>When a snapshot goes by itself; null when it has no deadline.</summary>
    /// <param name="time">When it was made.</param>
    public DateTimeOffset? DeadlineOf(DateTimeOffset time) =>
        Days > 0 ? time.AddDays(Days)
        : Months > 0 ? PolicyClock.Local(time).AddMonths(Months).ToUniversalTime()
        : null;

    /// <summary>Which of one disk's snapshots stay at an instant.</summary>
    /// <param name="times">When they were made, oldest first.</param>
    /// <param name="now">The instant.</param>
    public IReadOnlyList<bool> Keep(IReadOnlyList<DateTimeOffset> times, DateTimeOffset now)
    {
        if (Advanced is not null)
            return Advanced.Keep(times);
        if (Amount > 0)
            return [.. times.Select((_, index) => index >= times.Count - Amount)];
        return [.. times.Select(time => DeadlineOf(time) is not { } deadline || deadline > now)];
    }
}
