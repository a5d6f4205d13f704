using System.Text.Json;
using Tidemark.Output;

namespace Tidemark.Verbs;

/// <summary>tidemark account ls</summary>
internal sealed class AccountList : Verb
{
    private static readonly string[] Headings = ["ACCOUNT", "NAME", "KEYS", "CREATED"];

    private static readonly string[] Members = ["AccountId", "AccountName", "AccessKeyCount", "CreateTime"];

    /// <summary>The verb.</summary>
    public AccountList()
        : base("ls", "List all accounts.") =>
        Aliases.Add("list");

    /// <inheritdoc/>
    protected override async Task RunAsync(VerbCall call)
    {
        var accounts = await call.Client.Accounts.ListAsync(call.Cancellation);
        if (call.Printer.IsJson)
            call.Printer.Json(accounts, OutputJson.Pretty.IReadOnlyListJsonElement);
        else
            call.Printer.Table(Headings, accounts.Select(Row));
    }

    private static string[] Row(JsonElement account) =>
        [.. Members.Select(name => account.GetProperty(name).ToString())];
}
