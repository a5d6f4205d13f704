using System.CommandLine;
using System.Globalization;
using Tidemark.Client;
using Tidemark.Output;

namespace Tidemark.Verbs;

/// <summary>tidemark snap modify SNAPSHOT [--name NAME] [--until TIME | --permanent]</summary>
internal sealed class SnapModify : Verb
{
    private readonly Argument<string> _snapshot = Inputs.Snapshot();
    private readonly Option<string?> _name = new("--name") { Description = "the new name", HelpName = "NAME" };

    private readonly Option<string?> _until = new("--until")
    {
        Description = "when it is deleted by itself, at least a day ahead: 2030-01-31 or 2030-01-31T12:00:00Z",
        HelpName = "TIME",
    };

    private readonly Option<bool> _permanent = new("--permanent") { Description = "it is not deleted by itself" };

    /// <summary>The verb.</summary>
    public SnapModify()
        : base("modify", "Change a snapshot's name, or when it goes.")
    {
        Arguments.Add(_snapshot);
        Options.Add(_name);
        Options.Add(_until);
        Options.Add(_permanent);
    }

    /// <inheritdoc/>
    protected override async Task RunAsync(VerbCall call)
    {
        var name = call.Parse.GetValue(_name);
        var until = call.Parse.GetValue(_until) is { } text ? ParseTime(text) : (DateTimeOffset?)null;
        var isPermanent = call.Parse.GetValue(_permanent);
        if (isPermanent == until is not null && (isPermanent || name is null))
        {
            throw CommandException.Usage(
                isPermanent ? "--until and --permanent exclude each other." : "Nothing is to be changed.",
                "Give --name, and one of --until and --permanent.");
        }

        var snapshot = await call.Client.Names.SnapshotAsync(
            call.Parse.GetRequiredValue(_snapshot), call.Cancellation);
        await call.Client.Snapshots.ModifyAsync(snapshot.Id, name, until, isPermanent, call.Cancellation);
        if (call.Printer.IsJson)
            call.Printer.Json(new SnapshotIdAnswer(snapshot.Id), OutputJson.Pretty.SnapshotIdAnswer);
        else
            call.Printer.Note($"{snapshot.Id} is changed.");
    }

    private static DateTimeOffset ParseTime(string text) =>
        DateTimeOffset.TryParse(
            text,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var time)
            ? time
            : throw CommandException.Usage(
                $"'{text}' is not a time.", "Write it like 2030-01-31 or 2030-01-31T12:00:00Z.");
}
