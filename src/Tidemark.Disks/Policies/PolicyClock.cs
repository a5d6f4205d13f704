namespace Tidemark.Disks.Policies;

/// <summary>The clock that schedules go by: UTC+8 all the year, as the API's dates.</summary>
public static class PolicyClock
{
    private static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    /// <summary>The day that it is at an instant.</summary>
    public static DateOnly DayOf(DateTimeOffset time) => DateOnly.FromDateTime(time.ToOffset(Offset).DateTime);

    /// <summary>The instant at which an hour of a day begins; the result is UTC.</summary>
    /// <param name="day">The day.</param>
    /// <param name="hour">0 to 23.</param>
    public static DateTimeOffset At(DateOnly day, int hour) =>
        new DateTimeOffset(day.ToDateTime(new TimeOnly(hour, 0)), Offset).ToUniversalTime();

    /// <summary>The same instant as the API shows it.</summary>
    public static DateTimeOffset Local(DateTimeOffset time) => time.ToOffset(Offset);
}
