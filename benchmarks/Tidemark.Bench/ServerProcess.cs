using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Tidemark.Bench;

/// <summary>A server under measurement: a process that listens on a Unix socket.</summary>
internal sealed class ServerProcess : IDisposable
{
    private const double TicksPerSecond = 100; // USER_HZ of Linux
    private const int UserTimeField = 11; // utime and stime, counted behind the closing bracket of the name

    private static readonly TimeSpan StartTimeMax = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StopTimeMax = TimeSpan.FromSeconds(30);

    private readonly Process _process;

    private ServerProcess(Process process) => _process = process;

    /// <summary>Processor time used so far.</summary>
    public double CpuSeconds
    {
        get
        {
            var text = File.ReadAllText($"/proc/{_process.Id}/stat");
            var numbers = text[(text.LastIndexOf(')') + 2)..].Split(' ').Skip(UserTimeField).Take(2);
            return numbers.Sum(number => long.Parse(number, CultureInfo.InvariantCulture)) / TicksPerSecond;
        }
    }

    /// <summary>The first line of standard output; empty when the server prints none.</summary>
    public string ReadyLine { get; private init; } = "";

    /// <summary>Starts a server and waits until it listens.</summary>
    public static ServerProcess Start(
        string program, IReadOnlyList<string> arguments, string socket, bool printsReadyLine)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        var line = printsReadyLine ? process.StandardOutput.ReadLine() ?? "" : "";
        var isListening = SpinWait.SpinUntil(() => File.Exists(socket) || process.HasExited, StartTimeMax);
        if (!isListening || process.HasExited)
            throw new InvalidOperationException($"{program} does not listen at {socket}.");
        return new ServerProcess(process) { ReadyLine = line };
    }

    /// <summary>Asks the server to end, and waits.</summary>
    public void Dispose()
    {
        if (!_process.HasExited)
            _ = Kill(_process.Id, (int)PosixSignalNumber.Terminate);
        if (!_process.WaitForExit(StopTimeMax))
            _process.Kill();
        _process.Dispose();
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);

    private enum PosixSignalNumber
    {
        Terminate = 15,
    }
}
