using System.CommandLine;
using Tidemark.Client;
using Tidemark.Output;

namespace Tidemark.Verbs;

/// <summary>tidemark disk show DISK</summary>
internal sealed class DiskShow : Verb
{
    private readonly Argument<string> _disk = Inputs.Disk();

    /// <summary>The verb.</summary>
    public DiskShow()
        : base("show", "Show one disk.") => Arguments.Add(_disk);

    /// <inheritdoc/>
    protected override async Task RunAsync(VerbCall call)
    {
        var disk = await call.Client.Names.DiskAsync(call.Parse.GetRequiredValue(_disk), call.Cancellation);
        if (call.Printer.IsJson)
        {
            call.Printer.Json(disk.Whole, OutputJson.Pretty.JsonElement);
            return;
        }

        var server = await call.Client.Server.DescribeAsync(call.Cancellation);
        call.Printer.Properties(
        [
            ("disk", disk.Id),
            ("name", disk.Name),
            ("size", $"{disk.Members.DiskSize} GiB"),
            ("state", disk.Members.DiskState),
            ("snapshots", $"{disk.Members.SnapshotCount}"),
            ("created", ApiTime.Utc(disk.Members.CreateTime)),
            .. server.NbdAddresses.Select(address => ("nbd", NbdAddress.ToUri(address, disk.Id).ToString())),
        ]);
    }
}
