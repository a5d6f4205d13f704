using System.CommandLine;
using Tidemark.Backup;
using Tidemark.Output;

namespace Tidemark.Verbs;

/// <summary>tidemark snap import FILE|- [--disk NAME | --onto DISK]</summary>
internal sealed class SnapImport : Verb
{
    private const string StandardInput = "-";

    private readonly Argument<string> _file = new("FILE") { Description = "the backup, or - for standard input" };

    private readonly Option<string?> _disk = new("--disk")
    {
        Description = "the name of the new disk for a whole backup; the name it had when left out",
        HelpName = "NAME",
    };

    private readonly Option<string?> _onto = new("--onto")
    {
        Description = "the disk that an increment goes onto; its newest snapshot must be the increment's base",
        HelpName = "DISK",
    };

    /// <summary>The verb.</summary>
    public SnapImport()
        : base("import", "Read a backup stream: a whole one becomes a new disk, an increment a disk's next snapshot.")
    {
        Arguments.Add(_file);
        Options.Add(_disk);
        Options.Add(_onto);
        Validators.Add(result =>
        {
            if (result.GetResult(_disk) is not null && result.GetResult(_onto) is not null)
                result.AddError("--disk and --onto exclude each other.");
        });
    }

    /// <inheritdoc/>
    protected override async Task RunAsync(VerbCall call)
    {
        await using var input = Open(call.Parse.GetRequiredValue(_file));
        using var reader = new BackupReader(input);
        var onto = call.Parse.GetValue(_onto);
        RefuseMisfit(reader.Header, onto, call.Parse.GetValue(_disk));

        var server = await call.Client.Server.DescribeAsync(call.Cancellation);
        var importer = new SnapshotImporter(call.Client, server, call.Printer.Note);
        var made = onto is null
            ? await importer.ImportWholeAsync(reader, call.Parse.GetValue(_disk), call.Cancellation)
            : await importer.ImportIncrementAsync(
                reader, await call.Client.Names.DiskAsync(onto, call.Cancellation), call.Cancellation);
        if (call.Printer.IsJson)
        {
            call.Printer.Json(made, OutputJson.Pretty.ImportAnswer);
            return;
        }

        var snapshot = await call.Client.Snapshots.FindAsync(made.SnapshotId, call.Cancellation);
        SnapshotTable.Print(call.Printer, snapshot is null ? [] : [snapshot]);
    }

    private static void RefuseMisfit(StreamHeader header, string? onto, string? newDisk)
    {
        if (header.IsIncrement && onto is null)
        {
            throw CommandException.Usage(
                $"The backup is an increment from {header.BaseSnapshotId}"
                    + (newDisk is null ? "." : ", not a whole disk."),
                "Name the disk that has its base with --onto.");
        }

        if (!header.IsIncrement && onto is not null)
            throw CommandException.Usage("The backup is a whole one, not an increment.", "Import it without --onto.");
    }

    private static Stream Open(string path) => path == StandardInput
        ? new BufferedStream(Console.OpenStandardInput(), StreamLayout.DataBytesMax)
        : File.Exists(path)
            ? new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, StreamLayout.DataBytesMax)
            : throw new CommandException(
                ExitCode.Usage, "NoSuchFile", $"There is no file {path}.", "Check the path of the backup.");
}
