using System.Diagnostics;

namespace Tidemark.Bench.Tools;

/// <summary>Runs a program to its end.</summary>
internal static class CommandRun
{
    private static readonly TimeSpan TimeMax = TimeSpan.FromMinutes(3);

    /// <summary>Its standard output; its standard error is in the exception when it fails.</summary>
    public static async Task<string> OutputAsync(string program, params IEnumerable<string> arguments)
    {
        using var process = Start(program, arguments);
        using var limit = new CancellationTokenSource(TimeMax);
        try
        {
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            var output = await process.StandardOutput.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return process.ExitCode == 0
                ? output
                : throw new InvalidOperationException(
                    $"{program} ended with {process.ExitCode}: {(await errors).Trim()}");
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} was not done within {TimeMax.TotalMinutes:0} minutes.");
        }
    }

    /// <summary>The first line of its output, or a word that it is not there.</summary>
    public static async Task<string> FirstLineAsync(string program, params IEnumerable<string> arguments)
    {
        try
        {
            return (await OutputAsync(program, arguments)).Split('\n')[0].Trim();
        }
        catch (Exception exception) when (
            exception is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return "not there";
        }
    }

    /// <summary>Starts it, both outputs redirected.</summary>
    public static Process Start(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        return Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
    }
}
