using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using Tidemark.Nbd;
using Tidemark.Output;

namespace Tidemark.Images;

/// <summary>
/// An image in a format of other programs, read by qemu-img, which writes straight to the disk over NBD.
/// </summary>
internal sealed class ForeignImage : ImageFile
{
    private const string Program = "qemu-img";

    private readonly string _path;
    private readonly string _format;

    private ForeignImage(string path, string format, long sizeBytes)
    {
        _path = path;
        _format = format;
        SizeBytes = sizeBytes;
    }

    /// <inheritdoc/>
    public override long SizeBytes { get; }

    /// <summary>Asks qemu-img what the image is of.</summary>
    public static async Task<ImageFile> OpenAsync(string path, string format, CancellationToken cancellation)
    {
        var answer = await RunAsync(["info", "--output=json", "-f", format, path], cancellation);
        using var document = JsonDocument.Parse(answer);
        return new ForeignImage(path, format, document.RootElement.GetProperty("virtual-size").GetInt64());
    }

    /// <inheritdoc/>
    public override async Task<long> CopyToAsync(NbdUri target, Action<string> note, CancellationToken cancellation)
    {
        note($"{Program} reads {_path} ({_format}).");
        // The target is a new disk, so zeros need not be written; and it exists, so it must not be created.
        await RunAsync(
            ["convert", "-n", "--target-is-zero", "-f", _format, "-O", "raw", _path, target.ToString()], cancellation);
        using var disk = NbdClient.Connect(target, new NbdClientOptions { MetaContexts = ["base:allocation"] });
        return disk.BlockStatus("base:allocation", 0, disk.SizeBytes)
            .Where(extent => (extent.Flags & StatusExtent.Zero) == 0)
            .Sum(extent => extent.LengthBytes);
    }

    private static async Task<string> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        using var process = Start(arguments);
        try
        {
            var errors = process.StandardError.ReadToEndAsync(cancellation);
            var answer = await process.StandardOutput.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            return process.ExitCode == 0
                ? answer
                : throw new CommandException(
                    ExitCode.Failed, "ImageNotReadable", $"{Program} failed: {(await errors).Trim()}",
                    $"Check the image with '{Program} check'.");
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }
    }

    private static Process Start(IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(Program) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        try
        {
            return Process.Start(start) ?? throw new Win32Exception();
        }
        catch (Win32Exception failure)
        {
            throw new CommandException(
                ExitCode.Failed, "ProgramMissing", $"{Program} could not be started: {failure.Message}.",
                "Install it (Debian: apt-get install qemu-utils), or convert the image to raw elsewhere.", failure);
        }
    }
}
