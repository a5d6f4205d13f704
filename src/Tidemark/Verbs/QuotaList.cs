using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Tidemark.Client;
using Tidemark.Output;

namespace Tidemark.Verbs;

/// <summary>tidemark quota list</summary>
internal sealed class QuotaList : Verb
{
    private static readonly string[] Headings = ["QUOTA", "USED", "LIMIT", "SET BY"];

    private readonly Option<string?> _account = Inputs.Account();

    /// <summary>The verb.</summary>
    public QuotaList()
        : base("list", "List what an account may have in a region, and what it has.")
    {
        Aliases.Add("ls");
        Options.Add(_account);
    }

    /// <inheritdoc/>
    protected override async Task RunAsync(VerbCall call)
    {
        var quotas = await call.Client.Quotas.ListAsync(call.Parse.GetValue(_account), call.Cancellation);
        if (call.Printer.IsJson)
            call.Printer.Json(quotas, OutputJson.Pretty.IReadOnlyListJsonElement);
        else
            call.Printer.Table(Headings, quotas.Select(Row));
    }

    private static string[] Row(JsonElement quota)
    {
        var members = quota.Deserialize(ClientJson.Default.QuotaMembers) ?? throw new JsonException("A quota is null.");
        return
        [
            members.QuotaName,
            members.QuotaUsed.ToString(CultureInfo.InvariantCulture),
            members.QuotaLimit?.ToString(CultureInfo.InvariantCulture) ?? "unlimited",
            members.IsDefault ? "server" : "account",
        ];
    }
}
