using System.CommandLine;
using Tidemark.Client;
using Tidemark.Output;

namespace Tidemark.Verbs;

/// <summary>A command that does one thing to several snapshots, all or none.</summary>
internal abstract class SnapshotsVerb : Verb
{
    private readonly string _done;

    private readonly Argument<string[]> _snapshots = new("SNAPSHOT")
    {
        Description = "snapshots, by id, name or DISK@NAME",
        Arity = ArgumentArity.OneOrMore,
    };

    /// <summary>A verb.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="description">What it does.</param>
    /// <param name="done">What is said of the snapshots afterwards, for example <c>Locked</c>.</param>
    protected SnapshotsVerb(string name, string description, string done)
        : base(name, description)
    {
        _done = done;
        Arguments.Add(_snapshots);
    }

    /// <summary>The id of the one snapshot that the text names.</summary>
    protected virtual async Task<string> FindIdAsync(VerbCall call, string text) =>
        (await call.Client.Names.SnapshotAsync(text, call.Cancellation)).Id;

    /// <summary>Does it.</summary>
    protected abstract Task ChangeAsync(VerbCall call, IReadOnlyList<string> ids);

    /// <inheritdoc/>
    protected sealed override async Task RunAsync(VerbCall call)
    {
        var ids = new List<string>();
        foreach (var text in call.Parse.GetRequiredValue(_snapshots))
            ids.Add(await FindIdAsync(call, text));
        await ChangeAsync(call, ids);
        if (call.Printer.IsJson)
            call.Printer.Json(new SnapshotIdList(ids), OutputJson.Pretty.SnapshotIdList);
        else
            call.Printer.Note($"{_done} {string.Join(", ", ids)}.");
    }
}
