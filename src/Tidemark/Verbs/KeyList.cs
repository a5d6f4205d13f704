using System.CommandLine;
using System.Text.Json;
using Tidemark.Output;

namespace Tidemark.Verbs;

/// <summary>tidemark key ls</summary>
internal sealed class KeyList : Verb
{
    private static readonly string[] Headings = ["SECRET ID", "NAME", "ACCOUNT", "STATE", "MAY", "CREATED"];

    private readonly Option<string?> _account = Inputs.Account();

    /// <summary>The verb.</summary>
    public KeyList()
        : base("ls", "List the keys of an account, without their secrets.")
    {
        Aliases.Add("list");
        Options.Add(_account);
    }

    /// <inheritdoc/>
    protected override async Task RunAsync(VerbCall call)
    {
        var keys = await call.Client.Accounts.ListKeysAsync(call.Parse.GetValue(_account), call.Cancellation);
        if (call.Printer.IsJson)
            call.Printer.Json(keys, OutputJson.Pretty.IReadOnlyListJsonElement);
        else
            call.Printer.Table(Headings, keys.Select(Row));
    }

    private static string[] Row(JsonElement key) =>
    [
        key.GetProperty("SecretId").ToString(),
        key.GetProperty("Name").ToString(),
        key.GetProperty("AccountId").ToString(),
        key.GetProperty("IsEnabled").GetBoolean() ? "enabled" : "disabled",
        key.GetProperty("ReadOnly").GetBoolean() ? "look" : "change",
        key.GetProperty("CreateTime").ToString(),
    ];
}
