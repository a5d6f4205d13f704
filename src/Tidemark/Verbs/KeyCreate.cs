using System.CommandLine;
using Tidemark.Output;

namespace Tidemark.Verbs;

/// <summary>tidemark key create</summary>
internal sealed class KeyCreate : Verb
{
    private readonly Option<string?> _account = Inputs.Account();

    private readonly Option<string?> _name = new("--name")
    {
        Description = "what the key is called",
        HelpName = "NAME",
    };

    private readonly Option<bool> _readOnly = new("--read-only") { Description = "the key may look, not change" };

    /// <summary>The verb.</summary>
    public KeyCreate()
        : base("create", "Draw a key and print it, its secret this once.")
    {
        Options.Add(_account);
        Options.Add(_name);
        Options.Add(_readOnly);
    }

    /// <inheritdoc/>
    protected override async Task RunAsync(VerbCall call)
    {
        var key = await call.Client.Accounts.CreateKeyAsync(
            call.Parse.GetValue(_account), call.Parse.GetValue(_name), call.Parse.GetValue(_readOnly),
            call.Cancellation);
        if (call.Printer.IsJson)
        {
            call.Printer.Json(key, OutputJson.Pretty.AccessKeyAnswer);
            return;
        }

        call.Printer.Properties([("secret id", key.SecretId), ("secret key", key.SecretKey)]);
        call.Printer.Note("Keep the secret key now: it is not shown again.");
    }
}
