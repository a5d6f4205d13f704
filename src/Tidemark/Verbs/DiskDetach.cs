using System.CommandLine;
using Tidemark.Client;
using Tidemark.Output;

namespace Tidemark.Verbs;

/// <summary>tidemark disk detach DISK</summary>
internal sealed class DiskDetach : Verb
{
    private readonly Argument<string> _disk = Inputs.Disk();
    private readonly Option<bool> _noWait = Inputs.NoWait();

    /// <summary>The verb.</summary>
    public DiskDetach()
        : base("detach", "Take a disk out of the hands of its host.")
    {
        Arguments.Add(_disk);
        Options.Add(_noWait);
    }

    /// <inheritdoc/>
    protected override async Task RunAsync(VerbCall call)
    {
        var disk = await call.Client.Names.DiskAsync(call.Parse.GetRequiredValue(_disk), call.Cancellation);
        await call.Client.Disks.DetachAsync([disk.Id], call.Cancellation);
        if (!call.Parse.GetValue(_noWait))
            await call.Client.Disks.WaitUntilAsync(disk.Id, isAttached: false, call.Cancellation);

        if (call.Printer.IsJson)
            call.Printer.Json(new DiskIdList([disk.Id]), OutputJson.Pretty.DiskIdList);
        else
            call.Printer.Note($"{disk.Id} is detached from {disk.Members.InstanceId}.");
    }
}
