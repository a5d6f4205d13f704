using System.Collections.Concurrent;
using System.Diagnostics;

namespace Tidemark.Bench.Tools;

/// <summary>
/// Starts programs on one thread that lasts as long as the bench. A program may ask the kernel to be ended with its
/// parent, as nbdkit does; the kernel then means the thread that started it, and a thread of the pool ends when it has
/// been idle for a while.
/// </summary>
internal static class LaunchThread
{
    private static readonly BlockingCollection<Action> Launches = Open();

    /// <summary>Starts a program, both outputs redirected.</summary>
    public static Process Start(string program, IEnumerable<string> arguments)
    {
        var started = new TaskCompletionSource<Process>();
        Launches.Add(() =>
        {
            try
            {
                started.SetResult(CommandRun.Start(program, arguments));
            }
            catch (Exception failure) when (
                failure is InvalidOperationException or System.ComponentModel.Win32Exception)
            {
                started.SetException(failure);
            }
        });
        return started.Task.GetAwaiter().GetResult();
    }

    private static BlockingCollection<Action> Open()
    {
        var launches = new BlockingCollection<Action>();
        var thread = new Thread(() =>
        {
            foreach (var launch in launches.GetConsumingEnumerable())
                launch();
        })
        { IsBackground = true, Name = "launch" };
        thread.Start();
        return launches;
    }
}
