using System.CommandLine;
using Tidemark.Output;

namespace Tidemark.Verbs;

/// <summary>tidemark disk ls [--removed]</summary>
internal sealed class DiskList : Verb
{
    private readonly Option<bool> _removed = new("--removed")
    {
        Description = "list removed disks that 'disk restore' brings back",
    };

    /// <summary>The verb.</summary>
    public DiskList()
        : base("ls", "List all disks.") => Options.Add(_removed);

    /// <inheritdoc/>
    protected override async Task RunAsync(VerbCall call)
    {
        var disks = call.Parse.GetValue(_removed)
            ? await call.Client.Disks.ListRemovedAsync(call.Cancellation)
            : await call.Client.Disks.ListAsync(null, null, call.Cancellation);
        if (call.Printer.IsJson)
            call.Printer.Json([.. disks.Select(disk => disk.Whole)], OutputJson.Pretty.IReadOnlyListJsonElement);
        else
            DiskTable.Print(call.Printer, disks);
    }
}
