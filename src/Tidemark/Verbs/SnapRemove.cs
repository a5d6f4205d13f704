using System.CommandLine;
using Tidemark.Client;
using Tidemark.Output;

namespace Tidemark.Verbs;

/// <summary>tidemark snap rm SNAPSHOT...</summary>
internal sealed class SnapRemove : Verb
{
    private readonly Argument<string[]> _snapshots = new("SNAPSHOT")
    {
        Description = "snapshots, by id, name or DISK@NAME, in any order",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<bool> _noWait = Inputs.NoWait();

    /// <summary>The verb.</summary>
    public SnapRemove()
        : base("rm", "Delete snapshots, any of them. Their space comes back in the background.")
    {
        Arguments.Add(_snapshots);
        Options.Add(_noWait);
    }

    /// <inheritdoc/>
    protected override async Task RunAsync(VerbCall call)
    {
        var ids = new List<string>();
        foreach (var text in call.Parse.GetRequiredValue(_snapshots))
            ids.Add((await call.Client.Names.SnapshotAsync(text, call.Cancellation)).Id);

        await call.Client.Snapshots.DeleteAsync(ids, call.Cancellation);
        if (!call.Parse.GetValue(_noWait))
        {
            foreach (var id in ids)
                await call.Client.Snapshots.WaitUntilGoneAsync(id, call.Cancellation);
        }

        if (call.Printer.IsJson)
            call.Printer.Json(new SnapshotIdList(ids), OutputJson.Pretty.SnapshotIdList);
        else
            call.Printer.Note($"Deleted {string.Join(", ", ids)}.");
    }
}
