using System.CommandLine;
using Tidemark.Client;
using Tidemark.Output;

namespace Tidemark.Verbs;

/// <summary>tidemark disk resize DISK --size SIZE</summary>
internal sealed class DiskResize : Verb
{
    private readonly Argument<string> _disk = Inputs.Disk();

    private readonly Option<string> _size = new("--size")
    {
        Description = "the new size, above the present one: 40GiB, or 40 for GiB",
        Required = true,
    };

    private readonly Option<bool> _noWait = Inputs.NoWait();

    /// <summary>The verb.</summary>
    public DiskResize()
        : base("resize", "Grow a disk. Connected clients see it when they reconnect.")
    {
        Arguments.Add(_disk);
        Options.Add(_size);
        Options.Add(_noWait);
    }

    /// <inheritdoc/>
    protected override async Task RunAsync(VerbCall call)
    {
        var sizeGiB = ByteSize.ParseGiB(call.Parse.GetRequiredValue(_size));
        var disk = await call.Client.Names.DiskAsync(call.Parse.GetRequiredValue(_disk), call.Cancellation);
        await call.Client.Disks.ResizeAsync(disk.Id, sizeGiB, call.Cancellation);
        if (!call.Parse.GetValue(_noWait))
            await call.Client.Disks.WaitUntilRestingAsync(disk.Id, call.Cancellation);

        if (call.Printer.IsJson)
            call.Printer.Json(new DiskIdList([disk.Id]), OutputJson.Pretty.DiskIdList);
        else
            call.Printer.Note($"{disk.Id} has {sizeGiB} GiB.");
    }
}
