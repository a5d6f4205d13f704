using System.CommandLine;
using Tidemark.Client;
using Tidemark.Hosting;
using Tidemark.Output;

namespace Tidemark.Verbs;

/// <summary>tidemark check: through the server when one answers, else on the stopped store itself.</summary>
internal sealed class CheckVerb : Verb
{
    private const long OfflineMemoryBytes = 256L << 20;
    private const long NoteEveryBlocks = 1L << 18; // 1 GiB of blocks of 4 KiB

    /// <summary>The verb.</summary>
    public CheckVerb()
        : base("check", "Verify everything reachable: indexes, the checksum of every block, the accounting.")
    {
    }

    /// <inheritdoc/>
    protected override async Task RunAsync(VerbCall call)
    {
        var report = await FindLiveAsync(call) ?? CheckStopped(call);
        Print(call.Printer, report);
        if (report.Problems.Count > 0)
        {
            throw new CommandException(
                ExitCode.Failed,
                "StoreDamaged",
                $"{report.Problems.Count} problems were found; the first: {report.Problems[0]}",
                "Blocks that are not named read as they should. Export what is needed, and look at the disk under the "
                    + "data folder.");
        }
    }

    // A folder whose server is not running is checked here; an endpoint that was asked for by name must answer.
    private static async Task<CheckSummary?> FindLiveAsync(VerbCall call)
    {
        var isStoreHere = Directory.Exists(StorageStack.StoreFolder(call.DataFolder));
        try
        {
            var jobId = await call.Client.Server.StartCheckAsync(call.Cancellation);
            call.Printer.Note($"The server at {call.Client.Endpoint} checks its store ({jobId}).");
            var job = await call.Client.Server.WaitForJobAsync(jobId, Progress(call.Printer), call.Cancellation);
            return job.Report ?? throw new CommandException(
                ExitCode.Failed, "CheckFailed", job.ErrorMessage, "Look at the server's log, and start it again.");
        }
        catch (CommandException failure)
            when (isStoreHere && (failure.ExitCode == ExitCode.Unreachable || failure.Code == "NoCredentials"))
        {
            return null;
        }
    }

    private static CheckSummary CheckStopped(VerbCall call)
    {
        var stack = StorageStack.Open(call.DataFolder, new MemoryBudget(OfflineMemoryBytes), true, message =>
        {
            if (message.IsError)
                call.Printer.Note(message.Text);
        });
        using (stack)
        {
            call.Printer.Note($"No server answers; checking {call.DataFolder} itself.");
            foreach (var diskId in stack.Engine.DiskIds)
                stack.Engine.OpenDisk(diskId);
            var progress = Progress(call.Printer);
            var report = stack.Engine.Check(new Progress<long>(progress), call.Cancellation);
            return new CheckSummary(
                report.BlocksVerified, report.ExtentsVerified, report.SegmentCount, report.ReferencedBytes,
                report.AllocatedBytes, report.Problems);
        }
    }

    private static Action<long> Progress(Printer printer)
    {
        var noted = 0L;
        return blocks =>
        {
            if (blocks - noted < NoteEveryBlocks)
                return;
            noted = blocks;
            printer.Note($"{blocks} verified");
        };
    }

    private static void Print(Printer printer, CheckSummary report)
    {
        if (printer.IsJson)
        {
            printer.Json(report, OutputJson.Pretty.CheckSummary);
            return;
        }

        printer.Properties(
        [
            ("blocks verified", $"{report.BlocksVerified}"),
            ("extents", $"{report.ExtentsVerified}"),
            ("segments", $"{report.SegmentCount}"),
            ("referenced", ByteSize.Format(report.ReferencedBytes)),
            ("allocated", ByteSize.Format(report.AllocatedBytes)),
            ("problems", $"{report.Problems.Count}"),
        ]);
        foreach (var problem in report.Problems)
            printer.Out.WriteLine($"  {problem}");
    }
}
