using System.CommandLine;
using Tidemark.Client;
using Tidemark.Output;

namespace Tidemark.Verbs;

/// <summary>tidemark disk attach DISK INSTANCE</summary>
internal sealed class DiskAttach : Verb
{
    private readonly Argument<string> _disk = Inputs.Disk();

    private readonly Argument<string> _instance = new("INSTANCE")
    {
        Description = "the host: ins- or eks- and eight lower-case letters or digits",
    };

    private readonly Option<bool> _removedWithIt = new("--delete-with-instance")
    {
        Description = "remove the disk when the instance is deregistered",
    };

    private readonly Option<bool> _noWait = Inputs.NoWait();

    /// <summary>The verb.</summary>
    public DiskAttach()
        : base("attach", "Note that a disk is in the hands of a host; nobody else can attach it then.")
    {
        Arguments.Add(_disk);
        Arguments.Add(_instance);
        Options.Add(_removedWithIt);
        Options.Add(_noWait);
    }

    /// <inheritdoc/>
    protected override async Task RunAsync(VerbCall call)
    {
        var instanceId = call.Parse.GetRequiredValue(_instance);
        var disk = await call.Client.Names.DiskAsync(call.Parse.GetRequiredValue(_disk), call.Cancellation);
        await call.Client.Disks.AttachAsync(
            [disk.Id], instanceId, call.Parse.GetValue(_removedWithIt), call.Cancellation);
        if (!call.Parse.GetValue(_noWait))
            await call.Client.Disks.WaitUntilAsync(disk.Id, isAttached: true, call.Cancellation);

        if (call.Printer.IsJson)
            call.Printer.Json(new DiskIdList([disk.Id]), OutputJson.Pretty.DiskIdList);
        else
            call.Printer.Note($"{disk.Id} is attached to {instanceId}.");
    }
}
