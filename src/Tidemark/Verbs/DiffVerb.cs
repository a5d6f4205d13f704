using System.CommandLine;
using Tidemark.Client;
using Tidemark.Output;

namespace Tidemark.Verbs;

/// <summary>tidemark diff SNAPSHOT SNAPSHOT|DISK</summary>
internal sealed class DiffVerb : Verb
{
    private static readonly string[] Headings = ["OFFSET", "LENGTH", "KIND"];

    private readonly Argument<string> _first = Inputs.Snapshot("SNAPSHOT_A");

    private readonly Argument<string> _second = new("SNAPSHOT_B|DISK")
    {
        Description = "a snapshot, by id, name or DISK@NAME, or a disk as it is now",
    };

    private readonly Option<bool> _json = new("--json") { Description = "the same as -o json" };
    private readonly Option<bool> _summary = new("--summary") { Description = "only the sums" };

    /// <summary>The verb.</summary>
    public DiffVerb()
        : base("diff", "Show what was written or trimmed between two snapshots of one family, or from one to a disk.")
    {
        Arguments.Add(_first);
        Arguments.Add(_second);
        Options.Add(_json);
        Options.Add(_summary);
    }

    /// <inheritdoc/>
    protected override async Task RunAsync(VerbCall call)
    {
        var first = await call.Client.Names.SnapshotAsync(call.Parse.GetRequiredValue(_first), call.Cancellation);
        var secondId = await call.Client.Names.SnapshotOrDiskIdAsync(
            call.Parse.GetRequiredValue(_second), call.Cancellation);
        var printer = call.Parse.GetValue(_json)
            ? new Printer(OutputFormat.Json, call.Printer.Out, call.Parse.InvocationConfiguration.Error)
            : call.Printer;
        var pages = call.Client.Snapshots.ChangedAsync(first.Id, secondId, call.Cancellation);
        if (call.Parse.GetValue(_summary))
            Print(printer, await SumAsync(pages));
        else if (printer.IsJson)
            printer.Json(await JoinAsync(pages), OutputJson.Pretty.ChangedBlocks);
        else
            await PrintAsync(printer, pages);
    }

    private static async Task PrintAsync(Printer printer, IAsyncEnumerable<ChangedBlocks> pages)
    {
        var rows = (await JoinAsync(pages)).ChangedBlockSet.Select(extent => new[]
        {
            $"{extent.Offset}",
            $"{extent.LengthBytes}",
            extent.IsData ? "data" : "zero",
        });
        printer.Table(Headings, rows);
    }

    private static void Print(Printer printer, ChangeSummary summary)
    {
        if (printer.IsJson)
        {
            printer.Json(summary, OutputJson.Pretty.ChangeSummary);
            return;
        }

        printer.Properties(
        [
            ("changed", $"{ByteSize.Format(summary.ChangedBytes)} ({summary.ChangedBytes} bytes)"),
            ("data", $"{ByteSize.Format(summary.DataBytes)} ({summary.DataBytes} bytes)"),
            ("extents", $"{summary.ExtentCount}"),
            ("disk", ByteSize.Format(summary.DiskSizeBytes)),
        ]);
    }

    private static async Task<ChangeSummary> SumAsync(IAsyncEnumerable<ChangedBlocks> pages)
    {
        var sum = new ChangeSummary(0, 0, 0, 0);
        await foreach (var page in pages)
        {
            sum = new ChangeSummary(
                sum.ExtentCount + page.ChangedBlockSet.Count,
                sum.ChangedBytes + page.ChangedBlockSet.Sum(extent => extent.LengthBytes),
                sum.DataBytes + page.ChangedBlockSet.Where(extent => extent.IsData).Sum(extent => extent.LengthBytes),
                page.DiskSizeBytes);
        }

        return sum;
    }

    private static async Task<ChangedBlocks> JoinAsync(IAsyncEnumerable<ChangedBlocks> pages)
    {
        var extents = new List<ChangedExtentMembers>();
        var diskSizeBytes = 0L;
        await foreach (var page in pages)
        {
            extents.AddRange(page.ChangedBlockSet);
            diskSizeBytes = page.DiskSizeBytes;
        }

        return new ChangedBlocks(extents, null, diskSizeBytes);
    }
}
