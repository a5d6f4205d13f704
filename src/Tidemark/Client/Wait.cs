using Tidemark.Output;

namespace Tidemark.Client;

/// <summary>Waits for something that the server is doing to be done: asks again, less and less often.</summary>
internal static class Wait
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan PauseMax = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TimeMax = TimeSpan.FromMinutes(30);

    /// <summary>Asks until the answer is true.</summary>
    /// <param name="what">What is waited for, for the message when it takes too long.</param>
    /// <param name="isDone">The question.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellation">Ends the waiting, not what is waited for.</param>
    public static Task UntilAsync(
        string what, Func<Task<bool>> isDone, TimeProvider time, CancellationToken cancellation) =>
        UntilAsync(what, isDone, TimeMax, time, cancellation);

    /// <summary>Asks until the answer is true, at most for <paramref name="timeMax"/>.</summary>
    public static async Task UntilAsync(
        string what, Func<Task<bool>> isDone, TimeSpan timeMax, TimeProvider time, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        var pause = FirstPause;
        while (!await isDone())
        {
            if (time.GetElapsedTime(started) > timeMax)
            {
                throw new CommandException(
                    ExitCode.Failed,
                    "Timeout",
                    $"{what} was not done within {timeMax.TotalMinutes:0} minutes.",
                    "It may still be going on: look again with 'tidemark disk show' or 'tidemark snap show'.");
            }

            await Task.Delay(pause, time, cancellation);
            pause = pause * 2 < PauseMax ? pause * 2 : PauseMax;
        }
    }
}
