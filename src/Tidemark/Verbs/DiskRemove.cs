using System.CommandLine;
using Tidemark.Client;
using Tidemark.Output;

namespace Tidemark.Verbs;

/// <summary>tidemark disk rm DISK...</summary>
internal sealed class DiskRemove : RemoveVerb
{
    private readonly Option<bool> _withSnapshots = new("--with-snapshots")
    {
        Description = "delete the disks' snapshots as well; without it they stay and can be used",
    };

    private readonly Option<bool> _force = Inputs.Force();

    /// <summary>The verb.</summary>
    public DiskRemove()
        : base("Remove disks. Their snapshots stay.", "DISK", "disks, by id or name")
    {
        Options.Add(_withSnapshots);
        Options.Add(_force);
    }

    /// <inheritdoc/>
    protected override async Task<string> FindIdAsync(VerbCall call, string text) =>
        (await call.Client.Names.DiskAsync(text, call.Cancellation)).Id;

    /// <inheritdoc/>
    protected override Task RemoveAsync(VerbCall call, IReadOnlyList<string> ids) => call.Client.Disks.TerminateAsync(
        ids, call.Parse.GetValue(_withSnapshots), call.Parse.GetValue(_force), call.Cancellation);

    /// <inheritdoc/>
    protected override Task WaitUntilGoneAsync(VerbCall call, string id) =>
        call.Client.Disks.WaitUntilGoneAsync(id, call.Cancellation);

    /// <inheritdoc/>
    protected override void Print(VerbCall call, IReadOnlyList<string> ids)
    {
        if (call.Printer.IsJson)
            call.Printer.Json(new DiskIdList(ids), OutputJson.Pretty.DiskIdList);
        else
            call.Printer.Note($"Removed {string.Join(", ", ids)}.");
    }
}
