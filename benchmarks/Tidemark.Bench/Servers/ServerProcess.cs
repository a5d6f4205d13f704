using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Tidemark.Bench.Tools;

namespace Tidemark.Bench.Servers;

/// <summary>A server under measurement, and what the kernel knows of it.</summary>
internal sealed class ServerProcess : IDisposable
{
    private const double TicksPerSecond = 100; // USER_HZ of Linux
    private const int UserTimeField = 11; // utime and stime, counted behind the closing bracket of the name
    private const int SignalTerminate = 15;
    private const int BytesPerKiB = 1024;

    private static readonly TimeSpan StartTimeMax = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopTimeMax = TimeSpan.FromSeconds(60);

    private const int SaidLinesMax = 40;

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _said;

    private ServerProcess(Process process, ConcurrentQueue<string> said)
    {
        _process = process;
        _said = said;
    }

    /// <summary>Processor time used so far by all threads, ended ones included.</summary>
    public double CpuSeconds
    {
        get
        {
            RequireRunning();
            var text = File.ReadAllText($"/proc/{_process.Id}/stat");
            var numbers = text[(text.LastIndexOf(')') + 2)..].Split(' ').Skip(UserTimeField).Take(2);
            return numbers.Sum(number => long.Parse(number, CultureInfo.InvariantCulture)) / TicksPerSecond;
        }
    }

    /// <summary>The most memory that it ever had resident.</summary>
    public long PeakBytes => StatusBytes("VmHWM");

    /// <summary>Memory that is resident now.</summary>
    public long ResidentBytes => StatusBytes("VmRSS");

    /// <summary>The part of it that is its own: neither files nor shared memory.</summary>
    public long AnonymousBytes => StatusBytes("RssAnon");

    /// <summary>Bytes that it made dirty in the page cache or wrote past it, for the device to take.</summary>
    public long WrittenBytes => long.Parse(
        Machine.FieldOf($"/proc/{_process.Id}/io", "write_bytes"), CultureInfo.InvariantCulture);

    /// <summary>The first line of standard output; empty when the server prints none.</summary>
    public string ReadyLine { get; private init; } = "";

    /// <summary>Starts a server and waits until it listens.</summary>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="printsReadyLine">True when it says on standard output that it is ready.</param>
    /// <param name="isListening">Tells whether it is, when it does not say so.</param>
    public static ServerProcess Start(
        string program, IEnumerable<string> arguments, bool printsReadyLine, Func<bool> isListening)
    {
        var process = LaunchThread.Start(program, arguments);
        var said = new ConcurrentQueue<string>();
        process.ErrorDataReceived += (_, line) => Keep(said, line.Data);
        process.BeginErrorReadLine();
        var line = printsReadyLine ? process.StandardOutput.ReadLine() ?? "" : "";
        var isUp = SpinWait.SpinUntil(() => process.HasExited || isListening(), StartTimeMax);
        if (!isUp || process.HasExited)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} does not listen.");
        return new ServerProcess(process, said) { ReadyLine = line };
    }

    private static void Keep(ConcurrentQueue<string> said, string? line)
    {
        said.Enqueue(line ?? "");
        if (said.Count > SaidLinesMax)
            said.TryDequeue(out _);
    }

    private void RequireRunning()
    {
        if (_process.HasExited)
        {
            throw new InvalidOperationException(
                $"{_process.StartInfo.FileName} {string.Join(' ', _process.StartInfo.ArgumentList)} ended by itself " +
                $"with {_process.ExitCode}; it said at last:\n{string.Join('\n', _said)}");
        }
    }

    /// <summary>Ends it at once, as a crash would.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>Asks the server to end, and waits.</summary>
    public void Dispose()
    {
        if (!_process.HasExited)
            _ = Kill(_process.Id, SignalTerminate);
        if (!_process.WaitForExit(StopTimeMax))
            _process.Kill();
        _process.Dispose();
    }

    private long StatusBytes(string field)
    {
        var text = Machine.FieldOf($"/proc/{_process.Id}/status", field);
        return long.Parse(text.Split(' ')[0], CultureInfo.InvariantCulture) * BytesPerKiB;
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);
}
