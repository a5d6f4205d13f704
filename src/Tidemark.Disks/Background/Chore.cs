namespace Tidemark.Disks.Background;

/// <summary>Something that is done from time to time.</summary>
/// <param name="name">For the log.</param>
/// <param name="interval">How often.</param>
/// <param name="action">What; a short, bounded amount of work. True when more waits to be done at once.</param>
internal sealed class Chore(string name, TimeSpan interval, Func<bool> action)
{
    // A chore that fails is tried again after its interval, doubled with each failure up to this many times.
    private const int DoublingsMax = 6;

    private DateTimeOffset _nextTime = DateTimeOffset.MinValue;
    private int _failureCount;

    /// <summary>For the log.</summary>
    public string Name { get; } = name;

    /// <summary>Runs it when its time has come.</summary>
    public void RunIfDue(DateTimeOffset now, Action<string, Exception> onFailure)
    {
        if (now < _nextTime)
            return;
        try
        {
            _nextTime = action() ? now : now + interval;
            _failureCount = 0;
        }
        catch (Exception problem)
        {
            // Top of the chore: the thread and the other chores go on.
            _failureCount = Math.Min(_failureCount + 1, DoublingsMax);
            _nextTime = now + (interval * (1 << _failureCount));
            onFailure(Name, problem);
        }
    }
}
