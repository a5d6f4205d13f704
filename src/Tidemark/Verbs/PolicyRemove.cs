using Tidemark.Client;
using Tidemark.Output;

namespace Tidemark.Verbs;

/// <summary>tidemark policy rm POLICY...</summary>
internal sealed class PolicyRemove : RemoveVerb
{
    /// <summary>The verb.</summary>
    public PolicyRemove()
        : base("Delete policies. Their snapshots stay as long as they were to.", "POLICY", "policies, by id or name")
    {
    }

    /// <inheritdoc/>
    protected override async Task<string> FindIdAsync(VerbCall call, string text) =>
        (await call.Client.Policies.GetAsync(text, call.Cancellation)).Id;

    /// <inheritdoc/>
    protected override Task RemoveAsync(VerbCall call, IReadOnlyList<string> ids) =>
        call.Client.Policies.DeleteAsync(ids, call.Cancellation);

    /// <summary>A policy is gone when the request is answered.</summary>
    protected override Task WaitUntilGoneAsync(VerbCall call, string id) => Task.CompletedTask;

    /// <inheritdoc/>
    protected override void Print(VerbCall call, IReadOnlyList<string> ids)
    {
        if (call.Printer.IsJson)
            call.Printer.Json(new PolicyIdList(ids), OutputJson.Pretty.PolicyIdList);
        else
            call.Printer.Note($"Deleted {string.Join(", ", ids)}.");
    }
}
