using System.CommandLine;
using Tidemark.Output;

namespace Tidemark.Verbs;

/// <summary>tidemark disk ls [--deleted]</summary>
internal sealed class DiskList : Verb
{
    private readonly Option<bool> _deleted = new("--deleted")
    {
        Description = "list those that were removed and can be brought back",
    };

    /// <summary>The verb.</summary>
    public DiskList()
        : base("ls", "List all disks.") => Options.Add(_deleted);

    /// <inheritdoc/>
    protected override async Task RunAsync(VerbCall call)
    {
        var disks = call.Parse.GetValue(_deleted)
            ? await call.Client.Disks.ListDeletedAsync(call.Cancellation)
            : await call.Client.Disks.ListAsync(null, null, call.Cancellation);
        if (call.Printer.IsJson)
            call.Printer.Json([.. disks.Select(disk => disk.Whole)], OutputJson.Pretty.IReadOnlyListJsonElement);
        else
            DiskTable.Print(call.Printer, disks);
    }
}
