using System.CommandLine;
using Tidemark.Client;
using Tidemark.Output;

namespace Tidemark.Verbs;

/// <summary>tidemark disk restore DISK</summary>
internal sealed class DiskRestore : Verb
{
    private readonly Argument<string> _disk = new("DISK") { Description = "a removed disk, by id or name" };

    /// <summary>The verb.</summary>
    public DiskRestore()
        : base("restore", "Bring a removed disk back, while the server keeps it (--keep-deleted).") =>
        Arguments.Add(_disk);

    /// <inheritdoc/>
    protected override async Task RunAsync(VerbCall call)
    {
        var text = call.Parse.GetRequiredValue(_disk);
        var id = Names.IsDiskId(text) ? text : await FindAsync(call, text);
        await call.Client.Disks.RestoreAsync([id], call.Cancellation);

        if (call.Printer.IsJson)
            call.Printer.Json(new DiskIdList([id]), OutputJson.Pretty.DiskIdList);
        else
            call.Printer.Note($"{id} is back.");
    }

    private static async Task<string> FindAsync(VerbCall call, string name)
    {
        var removed = await call.Client.Disks.ListDeletedAsync(call.Cancellation);
        var found = removed.Where(disk => disk.Name == name).Select(disk => disk.Id).ToList();
        return found.Count switch
        {
            1 => found[0],
            0 => throw new CommandException(
                ExitCode.NotFound,
                "InvalidDiskId.NotFound",
                $"There is no removed disk '{name}'.",
                "List them with 'tidemark disk ls --deleted'."),
            _ => throw new CommandException(
                ExitCode.Conflict,
                "AmbiguousName",
                $"Several removed disks are named '{name}': {string.Join(", ", found)}.",
                "Give the id of the one that is meant."),
        };
    }
}
