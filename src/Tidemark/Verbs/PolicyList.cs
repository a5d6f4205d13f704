using Tidemark.Output;

namespace Tidemark.Verbs;

/// <summary>tidemark policy ls</summary>
internal sealed class PolicyList : Verb
{
    /// <summary>The verb.</summary>
    public PolicyList()
        : base("ls", "List policies, oldest first.") => Aliases.Add("list");

    /// <inheritdoc/>
    protected override async Task RunAsync(VerbCall call)
    {
        var policies = await call.Client.Policies.ListAsync(null, null, call.Cancellation);
        if (call.Printer.IsJson)
            call.Printer.Json([.. policies.Select(policy => policy.Whole)], OutputJson.Pretty.IReadOnlyListJsonElement);
        else
            PolicyTable.Print(call.Printer, policies);
    }
}
