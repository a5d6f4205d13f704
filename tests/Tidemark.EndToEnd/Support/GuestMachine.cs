using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Tidemark.EndToEnd.Support;

/// <summary>A virtual machine in pure emulation; its serial line is how the test and the guest talk.</summary>
internal sealed class GuestMachine : IDisposable
{
    private static readonly TimeSpan LineTimeMax = TimeSpan.FromMinutes(3);

    private readonly Process _process;
    private readonly Socket _line;
    private readonly StreamReader _reader;
    private readonly StringBuilder _log = new();

    public GuestMachine(string kernel, string initrd, int nbdPort)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var linePort = ((IPEndPoint)listener.LocalEndpoint).Port;
        string[] arguments =
        [
            "-M", "q35,usb=off", "-accel", "tcg,thread=multi", "-cpu", "max", "-smp", "2", "-m", "512", "-nodefaults",
            "-no-user-config", "-display", "none", "-serial", $"tcp:127.0.0.1:{linePort}", "-no-reboot",
            "-kernel", kernel, "-initrd", initrd, "-append", $"console=ttyS0 quiet panic=-1 nbdport={nbdPort}",
            "-netdev", "user,id=n0", "-device", "virtio-net-pci,netdev=n0,romfile=",
        ];
        _process = Process.Start(new ProcessStartInfo(Tool.Find("qemu-system-x86_64"), arguments))
            ?? throw new InvalidOperationException("qemu was not started.");
        using var limit = new CancellationTokenSource(LineTimeMax);
        _line = listener.AcceptSocketAsync(limit.Token).AsTask().GetAwaiter().GetResult();
        _reader = new StreamReader(new NetworkStream(_line));
    }

    /// <summary>Everything that came over the serial line.</summary>
    public string Log => _log.ToString();

    /// <summary>Reads until a line has a text and returns it; a guest that failed or ended fails the test.</summary>
    public async Task<string> Expect(string text)
    {
        using var limit = new CancellationTokenSource(LineTimeMax);
        while (true)
        {
            var line = await ReadLine(limit.Token);
            Assert.True(line is not null, $"The guest never said '{text}':\n{Log}");
            if (line!.Contains("GUEST failed", StringComparison.Ordinal))
                Assert.Fail(await Rest());
            if (line.Contains(text, StringComparison.Ordinal))
                return line;
        }
    }

    /// <summary>Lets a waiting guest go on.</summary>
    public void PressEnter() => _line.Send("\n"u8);

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _reader.Dispose();
        _line.Dispose();
    }

    private async Task<string?> ReadLine(CancellationToken limit)
    {
        try
        {
            var line = await _reader.ReadLineAsync(limit);
            _log.AppendLine(line);
            return line;
        }
        catch (Exception failure) when (failure is OperationCanceledException or IOException)
        {
            return null;
        }
    }

    private async Task<string> Rest()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (await ReadLine(limit.Token) is not null)
        {
            // The kernel's last words go to the log.
        }

        return Log;
    }
}
