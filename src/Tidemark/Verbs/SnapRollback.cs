using System.CommandLine;
using Tidemark.Client;
using Tidemark.Output;

namespace Tidemark.Verbs;

/// <summary>tidemark snap rollback DISK SNAPSHOT</summary>
internal sealed class SnapRollback : Verb
{
    private readonly Argument<string> _disk = Inputs.Disk();
    private readonly Argument<string> _snapshot = Inputs.Snapshot();
    private readonly Option<bool> _force = Inputs.Force();
    private readonly Option<bool> _noWait = Inputs.NoWait();

    /// <summary>The verb.</summary>
    public SnapRollback()
        : base("rollback", "Put a disk back on one of its snapshots. Newer snapshots stay.")
    {
        Arguments.Add(_disk);
        Arguments.Add(_snapshot);
        Options.Add(_force);
        Options.Add(_noWait);
    }

    /// <inheritdoc/>
    protected override async Task RunAsync(VerbCall call)
    {
        var disk = await call.Client.Names.DiskAsync(call.Parse.GetRequiredValue(_disk), call.Cancellation);
        var snapshot = await call.Client.Names.SnapshotOfAsync(
            disk, call.Parse.GetRequiredValue(_snapshot), call.Cancellation);
        await call.Client.Disks.ApplySnapshotAsync(
            disk.Id, snapshot.Id, call.Parse.GetValue(_force), call.Cancellation);
        if (!call.Parse.GetValue(_noWait))
            await call.Client.Disks.WaitUntilRestingAsync(disk.Id, call.Cancellation);

        if (call.Printer.IsJson)
            call.Printer.Json(new DiskIdList([disk.Id]), OutputJson.Pretty.DiskIdList);
        else
            call.Printer.Note($"{disk.Id} is as it was at {snapshot.Id} ({ApiTime.Utc(snapshot.Members.CreateTime)}).");
    }
}
