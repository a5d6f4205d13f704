using System.CommandLine;
using Tidemark.Client;
using Tidemark.Output;

namespace Tidemark.Verbs;

/// <summary>tidemark snap create DISK</summary>
internal sealed class SnapCreate : Verb
{
    private readonly Argument<string> _disk = Inputs.Disk();
    private readonly Option<string?> _name = new("--name") { Description = "the snapshot's name", HelpName = "NAME" };
    private readonly Option<bool> _noWait = Inputs.NoWait();

    /// <summary>The verb.</summary>
    public SnapCreate()
        : base("create", "Take a snapshot of a disk, whatever is being done to it.")
    {
        Arguments.Add(_disk);
        Options.Add(_name);
        Options.Add(_noWait);
    }

    /// <inheritdoc/>
    protected override async Task RunAsync(VerbCall call)
    {
        var disk = await call.Client.Names.DiskAsync(call.Parse.GetRequiredValue(_disk), call.Cancellation);
        var id = await call.Client.Snapshots.CreateAsync(disk.Id, call.Parse.GetValue(_name), [], call.Cancellation);
        if (!call.Parse.GetValue(_noWait))
            await call.Client.Snapshots.WaitUntilCompleteAsync(id, call.Cancellation);

        if (call.Printer.IsJson)
        {
            call.Printer.Json(new SnapshotIdAnswer(id), OutputJson.Pretty.SnapshotIdAnswer);
            return;
        }

        var snapshot = await call.Client.Snapshots.FindAsync(id, call.Cancellation);
        SnapshotTable.Print(call.Printer, snapshot is null ? [] : [snapshot]);
    }
}
