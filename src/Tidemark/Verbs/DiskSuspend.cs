using System.CommandLine;
using Tidemark.Client;
using Tidemark.Output;

namespace Tidemark.Verbs;

/// <summary>tidemark disk suspend DISK [--seconds N]</summary>
internal sealed class DiskSuspend : Verb
{
    private const int SecondsDefault = 10;

    private readonly Argument<string> _disk = Inputs.Disk();

    private readonly Option<int> _seconds = new("--seconds")
    {
        Description = $"when writes pass again by themselves, 1 to 60 [{SecondsDefault}]",
        HelpName = "N",
        DefaultValueFactory = _ => SecondsDefault,
    };

    /// <summary>The verb.</summary>
    public DiskSuspend()
        : base("suspend", "Hold a disk's writes for a moment, for example to snapshot it with something else.")
    {
        Arguments.Add(_disk);
        Options.Add(_seconds);
    }

    /// <inheritdoc/>
    protected override async Task RunAsync(VerbCall call)
    {
        var seconds = call.Parse.GetValue(_seconds);
        if (seconds < 1)
            throw CommandException.Usage($"--seconds {seconds} is too short.", "Give 1 to 60.");
        var disk = await call.Client.Names.DiskAsync(call.Parse.GetRequiredValue(_disk), call.Cancellation);
        await call.Client.Disks.SuspendAsync(disk.Id, seconds, call.Cancellation);
        if (call.Printer.IsJson)
            call.Printer.Json(new DiskIdList([disk.Id]), OutputJson.Pretty.DiskIdList);
        else
            call.Printer.Note($"Writes to {disk.Id} wait for {seconds} s, or until 'tidemark disk resume {disk.Id}'.");
    }
}
