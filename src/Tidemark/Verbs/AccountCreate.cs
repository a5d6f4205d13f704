using System.CommandLine;
using Tidemark.Output;

namespace Tidemark.Verbs;

/// <summary>tidemark account create NAME</summary>
internal sealed class AccountCreate : Verb
{
    private readonly Argument<string> _name = new("NAME") { Description = "what the account is called" };

    /// <summary>The verb.</summary>
    public AccountCreate()
        : base("create", "Make an account, with resources and keys of its own.") =>
        Arguments.Add(_name);

    /// <inheritdoc/>
    protected override async Task RunAsync(VerbCall call)
    {
        var answer = await call.Client.Accounts.CreateAsync(call.Parse.GetRequiredValue(_name), call.Cancellation);
        if (call.Printer.IsJson)
        {
            call.Printer.Json(answer, OutputJson.Pretty.AccountIdAnswer);
            return;
        }

        call.Printer.Out.WriteLine(answer.AccountId);
        call.Printer.Note($"Give it a key: tidemark key create --account {answer.AccountId}");
    }
}
