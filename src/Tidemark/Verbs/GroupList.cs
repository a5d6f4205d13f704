using Tidemark.Output;

namespace Tidemark.Verbs;

/// <summary>tidemark group ls</summary>
internal sealed class GroupList : Verb
{
    /// <summary>The verb.</summary>
    public GroupList()
        : base("ls", "List snapshot groups, oldest first.") => Aliases.Add("list");

    /// <inheritdoc/>
    protected override async Task RunAsync(VerbCall call)
    {
        var groups = await call.Client.Groups.ListAsync(null, null, call.Cancellation);
        if (call.Printer.IsJson)
            call.Printer.Json([.. groups.Select(group => group.Whole)], OutputJson.Pretty.IReadOnlyListJsonElement);
        else
            GroupTable.Print(call.Printer, groups);
    }
}
