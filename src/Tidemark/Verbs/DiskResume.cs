using System.CommandLine;
using Tidemark.Client;
using Tidemark.Output;

namespace Tidemark.Verbs;

/// <summary>tidemark disk resume DISK</summary>
internal sealed class DiskResume : Verb
{
    private readonly Argument<string> _disk = Inputs.Disk();

    /// <summary>The verb.</summary>
    public DiskResume()
        : base("resume", "Let the writes of a suspended disk pass again; fails when the time was up before.") =>
        Arguments.Add(_disk);

    /// <inheritdoc/>
    protected override async Task RunAsync(VerbCall call)
    {
        var disk = await call.Client.Names.DiskAsync(call.Parse.GetRequiredValue(_disk), call.Cancellation);
        if (!await call.Client.Disks.ResumeAsync(disk.Id, call.Cancellation))
        {
            throw new CommandException(
                ExitCode.Conflict,
                "NotSuspended",
                $"Writes to {disk.Id} passed before this: it was not suspended any more.",
                "Suspend it again, for longer, and take the snapshots anew.");
        }

        if (call.Printer.IsJson)
            call.Printer.Json(new DiskIdList([disk.Id]), OutputJson.Pretty.DiskIdList);
        else
            call.Printer.Note($"Writes to {disk.Id} pass again; they were held until now.");
    }
}
