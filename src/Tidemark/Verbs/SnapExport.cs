using System.CommandLine;
using Tidemark.Backup;
using Tidemark.Client;
using Tidemark.Output;

namespace Tidemark.Verbs;

/// <summary>tidemark snap export SNAPSHOT [--since SNAPSHOT] -o FILE|-</summary>
internal sealed class SnapExport : Verb
{
    private const string StandardOutput = "-";

    private readonly Argument<string> _snapshot = Inputs.Snapshot();

    private readonly Option<string?> _since = new("--since")
    {
        Description = "export only what changed since this snapshot",
        HelpName = "SNAPSHOT",
    };

    private readonly Option<string> _file = new("--output", "-o")
    {
        Description = "the file to write, or - for standard output",
        HelpName = "FILE",
        Required = true,
    };

    /// <summary>The verb.</summary>
    public SnapExport()
        : base(
            "export",
            "Write a snapshot as a backup stream, whole or as its difference from another one.",
            [CommonOptions.Endpoint, CommonOptions.Data, CommonOptions.Region])
    {
        Arguments.Add(_snapshot);
        Options.Add(_since);
        Options.Add(_file);
    }

    /// <inheritdoc/>
    protected override async Task RunAsync(VerbCall call)
    {
        var snapshot = await call.Client.Names.SnapshotAsync(call.Parse.GetRequiredValue(_snapshot), call.Cancellation);
        var since = call.Parse.GetValue(_since) is { } text
            ? await call.Client.Names.SnapshotAsync(text, call.Cancellation)
            : null;
        var disk = await call.Client.Disks.FindAsync(snapshot.Members.DiskId, call.Cancellation);
        var server = await call.Client.Server.DescribeAsync(call.Cancellation);
        var source = NbdAddress.Choose(server, call.Client.Endpoint, snapshot.Id);

        using var exporter = new SnapshotExporter(source, since?.Id);
        var header = new StreamHeader
        {
            DiskSizeBytes = exporter.SizeBytes,
            TimeSeconds = ApiTime.Parse(snapshot.Members.CreateTime)?.ToUnixTimeSeconds() ?? 0,
            SnapshotId = snapshot.Id,
            SnapshotName = snapshot.Name,
            BaseSnapshotId = since?.Id ?? "",
            DiskId = snapshot.Members.DiskId,
            DiskName = disk?.Name ?? "",
        };
        var path = call.Parse.GetRequiredValue(_file);
        if (path == StandardOutput)
            await WriteAsync(call, exporter, header, Console.OpenStandardOutput());
        else
            await WriteFileAsync(call, exporter, header, path);
    }

    // The name appears only when the backup is whole and on the device.
    private static async Task WriteFileAsync(VerbCall call, SnapshotExporter exporter, StreamHeader header, string path)
    {
        var draft = path + ".partial";
        try
        {
            await using (var file = new FileStream(draft, FileMode.Create, FileAccess.Write))
            {
                await WriteAsync(call, exporter, header, file);
                file.Flush(flushToDisk: true);
            }

            File.Move(draft, path, overwrite: true);
        }
        catch
        {
            File.Delete(draft);
            throw;
        }
    }

    private static async Task WriteAsync(VerbCall call, SnapshotExporter exporter, StreamHeader header, Stream output)
    {
        var started = call.Time.GetTimestamp();
        using var writer = new BackupWriter(output, header);
        await Task.Run(() => exporter.WriteTo(writer, call.Printer.Note, call.Cancellation), call.Cancellation);
        var seconds = call.Time.GetElapsedTime(started).TotalSeconds;
        call.Printer.Note(
            $"Exported {header.SnapshotId}: {ByteSize.Format(writer.DataBytes)} of data, "
            + $"{ByteSize.Format(writer.WrittenBytes)} in all, {seconds:0.0} s.");
    }
}
