using System.Diagnostics;

namespace Tidemark.Nbd.Tests.Support;

/// <summary>Runs programs that others wrote.</summary>
internal static class ForeignTool
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(60);

    /// <summary>Runs a program to its end, which must be a success; returns its output.</summary>
    public static async Task<string> Run(string program, params string[] arguments)
    {
        var (exitCode, output, errors) = await Try(program, arguments);
        Assert.True(exitCode == 0, $"{program} {string.Join(' ', arguments)}: exit {exitCode}\n{output}\n{errors}");
        return output;
    }

    /// <summary>Runs a program to its end.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> Try(string program,
        params string[] arguments)
    {
        using var process = Start(program, arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        try
        {
            await process.WaitForExitAsync().WaitAsync(TimeLimit);
        }
        catch (TimeoutException)
        {
            process.Kill();
            Assert.Fail($"{program} {string.Join(' ', arguments)} did not end within {TimeLimit}.\n" +
                        $"{await output}\n{await errors}");
        }

        return (process.ExitCode, await output, await errors);
    }

    /// <summary>Starts a program; the caller ends it.</summary>
    public static Process Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new InvalidOperationException(
                $"'{program}' is missing: apt-get install libnbd-bin qemu-utils fio nbdkit", e);
        }
    }
}
