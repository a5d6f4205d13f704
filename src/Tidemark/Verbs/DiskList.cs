using System.CommandLine;
using Tidemark.Output;

namespace Tidemark.Verbs;

/// <summary>tidemark disk ls</summary>
internal sealed class DiskList() : Verb("ls", "List all disks.")
{
    /// <inheritdoc/>
    protected override async Task RunAsync(VerbCall call)
    {
        var disks = await call.Client.Disks.ListAsync(null, null, call.Cancellation);
        if (call.Printer.IsJson)
            call.Printer.Json([.. disks.Select(disk => disk.Whole)], OutputJson.Pretty.IReadOnlyListJsonElement);
        else
            DiskTable.Print(call.Printer, disks);
    }
}
