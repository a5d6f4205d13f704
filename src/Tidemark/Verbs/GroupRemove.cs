using Tidemark.Client;
using Tidemark.Output;

namespace Tidemark.Verbs;

/// <summary>tidemark group rm GROUP...</summary>
internal sealed class GroupRemove : RemoveVerb
{
    /// <summary>The verb.</summary>
    public GroupRemove()
        : base(
            "Delete snapshot groups with all their snapshots. Their space comes back in the background.",
            "GROUP",
            "groups, by id or name, in any order")
    {
    }

    /// <inheritdoc/>
    protected override async Task<string> FindIdAsync(VerbCall call, string text) =>
        (await call.Client.Names.GroupAsync(text, call.Cancellation)).Id;

    /// <inheritdoc/>
    protected override Task RemoveAsync(VerbCall call, IReadOnlyList<string> ids) =>
        call.Client.Groups.DeleteAsync(ids, call.Cancellation);

    /// <inheritdoc/>
    protected override Task WaitUntilGoneAsync(VerbCall call, string id) =>
        call.Client.Groups.WaitUntilGoneAsync(id, call.Cancellation);

    /// <inheritdoc/>
    protected override void Print(VerbCall call, IReadOnlyList<string> ids)
    {
        if (call.Printer.IsJson)
            call.Printer.Json(new GroupIdList(ids), OutputJson.Pretty.GroupIdList);
        else
            call.Printer.Note($"Deleted {string.Join(", ", ids)}.");
    }
}
