namespace Tidemark.Verbs;

/// <summary>Waiting for the user to stop a server.</summary>
internal static class Stopping
{
    /// <summary>Returns when the token is cancelled.</summary>
    public static async Task WaitAsync(CancellationToken cancellation)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = cancellation.Register(stopped.SetResult);
        await stopped.Task;
    }
}
