using System.Diagnostics;
using System.Text;

namespace Tidemark.EndToEnd.Support;

/// <summary>
/// A virtual machine without hardware acceleration; its serial line is how the test and the guest talk.
/// </summary>
internal sealed class GuestMachine : IDisposable
{
    private static readonly TimeSpan LineTimeMax = TimeSpan.FromMinutes(4);

    private readonly Process _process;
    private readonly StringBuilder _log = new();

    public GuestMachine(string kernel, string initrd, int nbdPort)
    {
        string[] arguments =
        [
            "-M", "q35,usb=off", "-accel", "tcg,thread=multi", "-cpu", "max", "-smp", "2", "-m", "512", "-nodefaults",
            "-no-user-config", "-display", "none", "-serial", "stdio", "-no-reboot", "-kernel", kernel,
            "-initrd", initrd, "-append", $"console=ttyS0 quiet panic=-1 nbdport={nbdPort}",
            "-netdev", "user,id=n0", "-device", "virtio-net-pci,netdev=n0,romfile=",
        ];
        var start = new ProcessStartInfo(Tool.Find("qemu-system-x86_64"), arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _process = Process.Start(start) ?? throw new InvalidOperationException("qemu was not started.");
        _ = _process.StandardError.ReadToEndAsync();
    }

    /// <summary>Everything that came over the serial line.</summary>
    public string Log => _log.ToString();

    /// <summary>Reads until a line has a text and returns it; a guest that failed or ended fails the test.</summary>
    public async Task<string> Expect(string text)
    {
        using var limit = new CancellationTokenSource(LineTimeMax);
        while (true)
        {
            string? line;
            try
            {
                line = await _process.StandardOutput.ReadLineAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                line = null;
            }

            Assert.True(line is not null, $"The guest never said '{text}':\n{Log}");
            _log.AppendLine(line);
            Assert.False(line!.Contains("GUEST failed", StringComparison.Ordinal), $"{Log}{await Rest()}");
            if (line.Contains(text, StringComparison.Ordinal))
                return line;
        }
    }

    /// <summary>Lets a waiting guest go on.</summary>
    public void PressEnter()
    {
        _process.StandardInput.Write('\n');
        _process.StandardInput.Flush();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private async Task<string> Rest()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        try
        {
            return await _process.StandardOutput.ReadToEndAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            return "";
        }
    }
}
