using System.CommandLine;
using Tidemark.Output;

namespace Tidemark.Verbs;

/// <summary>tidemark snap ls [DISK] [--deleted]</summary>
internal sealed class SnapList : Verb
{
    private readonly Argument<string?> _disk = new("DISK")
    {
        Description = "a disk, by id or name; all snapshots when left out",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<bool> _deleted = new("--deleted")
    {
        Description = "list those that were deleted and can be brought back",
    };

    /// <summary>The verb.</summary>
    public SnapList()
        : base("ls", "List snapshots, oldest first.")
    {
        Arguments.Add(_disk);
        Options.Add(_deleted);
    }

    /// <inheritdoc/>
    protected override async Task RunAsync(VerbCall call)
    {
        var diskId = call.Parse.GetValue(_disk) is { } text ? await FindDiskIdAsync(call, text) : null;
        var filter = diskId is null ? null : "disk-id";
        var snapshots = await call.Client.Snapshots.ListAsync(
            filter, diskId, call.Parse.GetValue(_deleted), call.Cancellation);
        if (call.Printer.IsJson)
        {
            call.Printer.Json(
                [.. snapshots.Select(snapshot => snapshot.Whole)], OutputJson.Pretty.IReadOnlyListJsonElement);
        }
        else
        {
            SnapshotTable.Print(call.Printer, snapshots);
        }
    }

    // A disk that is gone may have left snapshots, so an id need not exist.
    private static async Task<string> FindDiskIdAsync(VerbCall call, string text) =>
        text.StartsWith("disk-", StringComparison.Ordinal)
            ? text
            : (await call.Client.Names.DiskAsync(text, call.Cancellation)).Id;
}
