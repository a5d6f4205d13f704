using System.CommandLine;
using Tidemark.Client;
using Tidemark.Output;

namespace Tidemark.Verbs;

/// <summary>tidemark disk rm DISK...</summary>
internal sealed class DiskRemove : Verb
{
    private readonly Argument<string[]> _disks = new("DISK")
    {
        Description = "disks, by id or name",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<bool> _withSnapshots = new("--with-snapshots")
    {
        Description = "delete the disks' snapshots as well; without it they stay and can be used",
    };

    private readonly Option<bool> _force = Inputs.Force();
    private readonly Option<bool> _noWait = Inputs.NoWait();

    /// <summary>The verb.</summary>
    public DiskRemove()
        : base("rm", "Remove disks. Their snapshots stay.")
    {
        Arguments.Add(_disks);
        Options.Add(_withSnapshots);
        Options.Add(_force);
        Options.Add(_noWait);
    }

    /// <inheritdoc/>
    protected override async Task RunAsync(VerbCall call)
    {
        var ids = new List<string>();
        foreach (var text in call.Parse.GetRequiredValue(_disks))
            ids.Add((await call.Client.Names.DiskAsync(text, call.Cancellation)).Id);

        await call.Client.Disks.TerminateAsync(
            ids, call.Parse.GetValue(_withSnapshots), call.Parse.GetValue(_force), call.Cancellation);
        if (!call.Parse.GetValue(_noWait))
        {
            foreach (var id in ids)
                await call.Client.Disks.WaitUntilGoneAsync(id, call.Cancellation);
        }

        if (call.Printer.IsJson)
            call.Printer.Json(new DiskIdList(ids), OutputJson.Pretty.DiskIdList);
        else
            call.Printer.Note($"Removed {string.Join(", ", ids)}.");
    }
}
